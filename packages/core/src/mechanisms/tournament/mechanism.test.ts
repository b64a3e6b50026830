import fc from "fast-check";
import { expect, test } from "vitest";
import { PPB } from "../../schema/primitives.ts";
import { refusalOf } from "../../test/refusal.ts";
import { NO_ENTRIES, syncEntries } from "./entries.ts";
import { type TournamentInputs, type TournamentState, tournamentMechanism } from "./mechanism.ts";
import { agent, decided, judge, periodsAt, result } from "./test/tournaments.ts";

const locked = syncEntries(NO_ENTRIES, {
  block: 299,
  periods: periodsAt(),
  registered: new Set(["alice", "bob"]),
  agents: [agent("alice"), agent("bob", { sequence: 1 }), agent("carol", { sequence: 2 })],
});
const state = (changes: Partial<TournamentState> = {}): TournamentState => ({
  plan: { id: "first", periods: periodsAt(), minScore: 500_000_000 },
  entries: locked,
  roster: [judge("v1", 300n), judge("v2", 100n)],
  results: [
    result("v1", "alice", { score: 0.9 }),
    result("v2", "alice", { score: 0.7 }),
    result("v1", "bob", { score: 0.6 }),
    result("v2", "bob", { score: 0.8 }),
    result("v1", "carol", { score: 1 }),
  ],
  review: { decisions: [decided("alice", "approved")], isClosed: false },
  ...changes,
});
const everybody = new Set(["alice", "bob"]);
const ask = (block: number, changes: Partial<TournamentState> = {}, parameters: object = {}) =>
  tournamentMechanism.decide({
    parameters: tournamentMechanism.parameters.parse(parameters),
    inputs: { tournaments: [state(changes)], registered: everybody, runs: [] },
    block,
  });
const burns = { kind: "vector", vector: { policy: "burn", entries: [], burn: PPB } };
const allTo = (hotkey: string) => ({
  kind: "vector",
  vector: { policy: "winner", entries: [{ hotkey, share: PPB }], burn: 0 },
});
const open = { decisions: [], isClosed: false };

test("from entries, results and an approval to the winner's vector, in reward only", () => {
  expect(ask(500)).toEqual(allTo("alice"));
  for (const block of [0, 150, 250, 350, 450, 600]) expect(ask(block)).toEqual(burns);
});

test("without approval, after a rejection of all, and under the minimum score everything burns", () => {
  expect(ask(500, { review: open })).toEqual(burns);
  const rejected = { decisions: [decided("alice", "rejected"), decided("bob", "rejected")], isClosed: false };
  expect(ask(500, { review: rejected })).toEqual(burns);
  expect(ask(500, { plan: { id: "first", periods: periodsAt(), minScore: 900_000_000 } })).toEqual(burns);
});

test("who was not registered at the lock never wins, however good its results", () => {
  const review = { decisions: [decided("carol", "approved"), decided("alice", "rejected")], isClosed: true };
  expect(ask(500, { review })).toEqual(burns);
});

test("a correction before the close moves the ranking", () => {
  const worse = result("v1", "alice", {
    attempt: 2,
    hash: "x",
    replaces: "v1-alice-1",
    score: 0.1,
    block: 399,
  });
  const review = { decisions: [decided("bob", "approved")], isClosed: false };
  expect(ask(500, { review })).toEqual(burns);
  expect(ask(500, { review, results: [...state().results, worse] })).toEqual(allTo("bob"));
  expect(ask(500, { review, results: [...state().results, { ...worse, block: 400 }] })).toEqual(burns);
});

test("entries that were never locked are unknown in reward, and nothing before", () => {
  expect(ask(500, { entries: NO_ENTRIES })).toEqual({
    kind: "unknown",
    reason: "The entries of first were never locked.",
  });
  expect(ask(250, { entries: NO_ENTRIES })).toEqual(burns);
});

test("if nobody could be scored it is unknown until the review decides, not a reason to burn", () => {
  const failed = state().results.map((one) => ({ ...one, score: null }));
  expect(ask(500, { results: failed, review: open })).toEqual({
    kind: "unknown",
    reason: "No entry of first could be scored; the review decides.",
  });
  expect(ask(450, { results: failed, review: open })).toEqual(burns);
  expect(ask(500, { results: failed })).toEqual(allTo("alice"));
  expect(ask(500, { results: failed, review: { decisions: [], isClosed: true } })).toEqual(burns);
});

test("a tournament that nobody entered burns", () => {
  const nobody = { ...locked, entries: [] };
  expect(ask(500, { entries: nobody, review: open, results: [] })).toEqual(burns);
});

test("a podium pays the approved", () => {
  const review = { decisions: [decided("alice", "approved"), decided("bob", "approved")], isClosed: false };
  expect(ask(500, { review }, { prizes: "podium" })).toMatchObject({
    vector: {
      entries: [
        { hotkey: "alice", share: 777_777_778 },
        { hotkey: "bob", share: 222_222_222 },
      ],
      burn: 0,
    },
  });
});

test("the leader of a running evaluation is shown only where the rules say so", () => {
  const preview = { leaderPreview: 10_000_000 };
  expect(ask(350, {}, preview)).toMatchObject({
    vector: { entries: [{ hotkey: "alice", share: 10_000_000 }] },
  });
  const late = state().results.map((one) => ({ ...one, score: 0.4 }));
  expect(ask(350, { results: late }, preview)).toEqual(burns);
  expect(ask(350)).toEqual(burns);
});

test("a deregistered winner keeps its claim, and with `owed` is paid the epochs it missed", () => {
  expect(ask(500)).toEqual(allTo("alice"));
  const runs = [
    { block: 520, registered: new Set(["bob"]) },
    { block: 560, registered: new Set(["alice"]) },
  ];
  const inputs: TournamentInputs = { tournaments: [state()], registered: everybody, runs };
  const at = (parameters: object, changes: Partial<TournamentInputs> = {}) =>
    tournamentMechanism.decide({
      parameters: tournamentMechanism.parameters.parse(parameters),
      inputs: { ...inputs, ...changes },
      block: 640,
    });
  expect(at({ owed: true })).toEqual(allTo("alice"));
  expect(at({ owed: false })).toEqual(burns);
  expect(at({ owed: true }, { registered: new Set(["bob"]) })).toEqual(burns);
  const paid = { block: 600, registered: everybody };
  expect(at({ owed: true }, { runs: [...runs, paid] })).toEqual(burns);
});

test("two tournaments in reward at once, and a stranger's results, are refused", () => {
  const two = [state(), state({ plan: { id: "second", periods: periodsAt(50), minScore: 0 } })];
  const decide = (tournaments: TournamentState[]) =>
    tournamentMechanism.decide({
      parameters: tournamentMechanism.presets.assay,
      inputs: { tournaments, registered: everybody, runs: [] },
      block: 560,
    });
  expect(refusalOf(() => decide(two))).toBe("CORE_PERIODS_OVERLAP");
  const strange = state({ results: [result("stranger", "alice")] });
  expect(refusalOf(() => decide([strange]))).toBe("CORE_UNKNOWN_HOTKEY");
});

test("nobody is ever paid without approval, and shares sum to one", () => {
  const score = fc.option(fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000));
  const decision = fc.constantFrom("approved" as const, "rejected" as const, null);
  const names = ["alice", "bob"];
  fc.assert(
    fc.property(
      fc.tuple(score, score, score, score),
      fc.tuple(decision, decision),
      fc.record({ prizes: fc.constantFrom("winner", "podium"), preset: fc.constantFrom("assay", "source") }),
      fc.nat({ max: 700 }),
      (scores, made, parameters, block) => {
        const results = scores.map((value, k) =>
          result(`v${(k % 2) + 1}`, names[Math.floor(k / 2)] ?? "", { score: value }),
        );
        const decisions = made.flatMap((one, k) => (one === null ? [] : [decided(names[k] ?? "", one)]));
        const outcome = ask(block, { results, review: { decisions, isClosed: false } }, parameters);
        if (outcome.kind === "unknown") return;
        const { entries, burn } = outcome.vector;
        expect(entries.reduce((sum, { share }) => sum + share, burn)).toBe(PPB);
        for (const { hotkey } of entries) expect(made[names.indexOf(hotkey)]).toBe("approved");
        if (block < 500 || block >= 600) expect(burn).toBe(PPB);
      },
    ),
  );
});

test("a better score never pays an approved agent less", () => {
  const score = fc.integer({ min: 0, max: 1000 });
  const approved = { decisions: ["alice", "bob"].map((name) => decided(name, "approved")), isClosed: true };
  const shareOf = (scores: readonly number[], prizes: string) => {
    const results = scores.map((value, k) =>
      result(`v${(k % 2) + 1}`, k < 2 ? "alice" : "bob", { score: value / 1000 }),
    );
    const outcome = ask(500, { results, review: approved }, { prizes });
    const entries = outcome.kind === "vector" ? outcome.vector.entries : [];
    return entries.find(({ hotkey }) => hotkey === "bob")?.share ?? 0;
  };
  fc.assert(
    fc.property(
      fc.array(score, { minLength: 4, maxLength: 4 }),
      fc.nat({ max: 500 }),
      fc.constantFrom("winner", "podium"),
      (scores, gain, prizes) => {
        const better = scores.map((value, k) => (k === 3 ? value + gain : value));
        expect(shareOf(better, prizes)).toBeGreaterThanOrEqual(shareOf(scores, prizes));
      },
    ),
  );
});
