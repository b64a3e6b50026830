import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../../test/refusal.ts";
import { type ReviewDecision, reviewOutcome } from "./review.ts";
import { agent, decided, standing } from "./test/tournaments.ts";

const ranked = [standing("alice", 900), standing("bob", 800), standing("carol", 700)];
const outcome = (decisions: ReviewDecision[], { count = 1, isClosed = false } = {}) =>
  reviewOutcome({ ranked, unscored: [] }, { decisions, isClosed }, count);
const place = (hotkey: string) => ({ hotkey, submissionId: `agent-${hotkey}`, approvedAtBlock: 450 });

test("the first waits until somebody decides", () => {
  expect(outcome([])).toEqual({ places: [null], next: ranked[0], isUnscored: false });
});

test("the first is approved", () => {
  expect(outcome([decided("alice", "approved")])).toEqual({
    places: [place("alice")],
    next: null,
    isUnscored: false,
  });
});

test("the next is approved once the first is rejected, and not before", () => {
  expect(outcome([decided("bob", "approved")]).places).toEqual([null]);
  expect(outcome([decided("bob", "approved"), decided("alice", "rejected")]).places).toEqual([place("bob")]);
});

test("after a rejection the next waits", () => {
  expect(outcome([decided("alice", "rejected")])).toMatchObject({ places: [null], next: { hotkey: "bob" } });
});

test("nobody is approved: all are rejected, or the review is closed", () => {
  const all = ["alice", "bob", "carol"].map((name) => decided(name, "rejected"));
  expect(outcome(all)).toEqual({ places: [], next: null, isUnscored: false });
  expect(outcome([], { isClosed: true })).toEqual({ places: [], next: null, isUnscored: false });
});

test("a podium fills from the top and waits at the first that is open", () => {
  const podium = { count: 3 };
  const [alice, bob, carol] = ["alice", "bob", "carol"].map((name) => decided(name, "approved"));
  expect(outcome([alice!, carol!], podium)).toMatchObject({
    places: [place("alice"), null, null],
    next: { hotkey: "bob" },
  });
  expect(outcome([alice!, bob!, carol!], podium).places).toEqual([
    place("alice"),
    place("bob"),
    place("carol"),
  ]);
  expect(outcome([alice!, decided("bob", "rejected"), carol!], podium)).toMatchObject({
    places: [place("alice"), place("carol")],
    next: null,
  });
  expect(outcome([alice!], { count: 3, isClosed: true }).places).toEqual([place("alice")]);
});

test("who is under the minimum score is no candidate, approved or not", () => {
  const low = [standing("alice", 100, { reachesMinScore: false })];
  const review = { decisions: [decided("alice", "approved")], isClosed: false };
  expect(reviewOutcome({ ranked: low, unscored: [] }, review, 1)).toEqual({
    places: [],
    next: null,
    isUnscored: false,
  });
});

test("if nobody could be scored, the review alone decides", () => {
  const unscored = [agent("alice"), agent("bob")];
  const open = reviewOutcome({ ranked: [], unscored }, { decisions: [], isClosed: false }, 1);
  expect(open).toEqual({ places: [null], next: agent("alice"), isUnscored: true });
  const decisions = [decided("alice", "rejected"), decided("bob", "approved")];
  const made = reviewOutcome({ ranked: [], unscored }, { decisions, isClosed: false }, 1);
  expect(made.places).toEqual([place("bob")]);
});

test("an unscored entry is no candidate while others are ranked", () => {
  const review = { decisions: [decided("dave", "approved")], isClosed: false };
  expect(reviewOutcome({ ranked, unscored: [agent("dave")] }, review, 3).places).toEqual([null, null, null]);
});

test("two decisions about one entry, and no places, are refused", () => {
  expect(refusalOf(() => outcome([decided("bob", "approved"), decided("bob", "rejected")]))).toBe(
    "CORE_DUPLICATE",
  );
  expect(refusalOf(() => outcome([], { count: 0 }))).toBe("CORE_OUT_OF_RANGE");
});

test("who takes a place was approved, and everybody better was decided about", () => {
  const names = ["alice", "bob", "carol"];
  const decision = fc.constantFrom("approved" as const, "rejected" as const, null);
  fc.assert(
    fc.property(
      fc.tuple(decision, decision, decision),
      fc.boolean(),
      fc.constantFrom(1, 3),
      (made, isClosed, count) => {
        const decisions = made.flatMap((one, k) => (one === null ? [] : [decided(names[k] ?? "", one)]));
        const { places } = reviewOutcome({ ranked, unscored: [] }, { decisions, isClosed }, count);
        for (const taken of places.filter((one) => one !== null)) {
          const rank = names.indexOf(taken.hotkey);
          expect(made[rank]).toBe("approved");
          if (!isClosed) expect(made.slice(0, rank)).not.toContain(null);
        }
      },
    ),
  );
});
