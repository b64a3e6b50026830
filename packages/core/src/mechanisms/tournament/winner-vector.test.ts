import fc from "fast-check";
import { expect, test } from "vitest";
import type { TournamentParameters } from "../../schema/mechanism-parameters.ts";
import { PPB } from "../../schema/primitives.ts";
import { refusalOf } from "../../test/refusal.ts";
import { scoringVectors } from "../../test/scoring-vectors.ts";
import { withoutMissing } from "../../weights/missing.ts";
import type { OwedPlace } from "./owed.ts";
import type { Place } from "./review.ts";
import { periodsAt } from "./test/tournaments.ts";
import { type RewardedTournament, tournamentVector } from "./winner-vector.ts";

const place = (hotkey: string): Place => ({ hotkey, submissionId: `agent-${hotkey}`, approvedAtBlock: 450 });
const tournament = (
  places: (string | null)[],
  {
    id = "first",
    later = 0,
    previewLeader = null,
  }: { id?: string; later?: number; previewLeader?: string | null } = {},
): RewardedTournament => ({
  id,
  periods: periodsAt(later),
  places: places.map((name) => (name === null ? null : place(name))),
  previewLeader,
});
const WINNER = { prizes: "winner", leaderPreview: 0 } as const;
const PODIUM = { prizes: "podium", leaderPreview: 0 } as const;
const vectorAt = (
  block: number,
  tournaments: RewardedTournament[],
  {
    parameters = WINNER,
    owed = [],
  }: { parameters?: Pick<TournamentParameters, "prizes" | "leaderPreview">; owed?: OwedPlace[] } = {},
) => tournamentVector({ block, parameters, tournaments, owed });
const everythingBurns = { policy: "burn", entries: [], burn: PPB };

test("in reward the winner takes all", () => {
  const vector = { policy: "winner", entries: [{ hotkey: "alice", share: PPB }], burn: 0 };
  expect(vectorAt(500, [tournament(["alice"])])).toEqual(vector);
  expect(vectorAt(599, [tournament(["alice"])])).toEqual(vector);
});

test.each([0, 100, 200, 300, 400, 499, 600, 10_000])(
  "at block %i, outside of reward, everything burns",
  (block) => {
    expect(vectorAt(block, [tournament(["alice"])])).toEqual(everythingBurns);
  },
);

test("without a tournament, an approval or a candidate everything burns", () => {
  expect(vectorAt(500, [])).toEqual(everythingBurns);
  expect(vectorAt(500, [tournament([null])])).toEqual(everythingBurns);
  expect(vectorAt(500, [tournament([])])).toEqual(everythingBurns);
});

test("a podium shares 7:2:1; a place that waits burns, one without candidate is shared", () => {
  const podium = { parameters: PODIUM };
  expect(vectorAt(500, [tournament(["a", "b", "c"])], podium)).toMatchObject({
    entries: [{ share: 700_000_000 }, { share: 200_000_000 }, { share: 100_000_000 }],
    burn: 0,
  });
  expect(vectorAt(500, [tournament(["a", null, null])], podium)).toMatchObject({
    entries: [{ hotkey: "a", share: 700_000_000 }],
    burn: 300_000_000,
  });
  expect(vectorAt(500, [tournament(["a"])], podium)).toMatchObject({ entries: [{ share: PPB }], burn: 0 });
});

test("one hotkey on two places is paid for both", () => {
  const { entries } = vectorAt(500, [tournament(["a", "b", "a"])], { parameters: PODIUM });
  expect(entries).toEqual([
    { hotkey: "a", share: 800_000_000 },
    { hotkey: "b", share: 200_000_000 },
  ]);
});

test("a running evaluation shows its leader with the preview, the rest burns", () => {
  const running = [tournament([], { previewLeader: "alice" })];
  const parameters = { ...WINNER, leaderPreview: 10_000_000 };
  expect(vectorAt(300, running, { parameters })).toEqual({
    policy: "winner",
    entries: [{ hotkey: "alice", share: 10_000_000 }],
    burn: 990_000_000,
  });
  expect(vectorAt(300, running)).toEqual(everythingBurns);
  expect(vectorAt(299, running, { parameters })).toEqual(everythingBurns);
  expect(vectorAt(400, running, { parameters })).toEqual(everythingBurns);
});

test("the preview of the next tournament comes out of the winner's share", () => {
  const next = tournament([], { id: "second", later: 200, previewLeader: "bob" });
  const parameters = { ...WINNER, leaderPreview: 10_000_000 };
  expect(vectorAt(550, [next, tournament(["alice"])], { parameters }).entries).toEqual([
    { hotkey: "alice", share: 990_000_000 },
    { hotkey: "bob", share: 10_000_000 },
  ]);
});

test("what is owed is paid while nobody is in reward, each place its part", () => {
  const owed = [{ tournamentId: "first", hotkey: "b", place: 1, epochs: 2 }];
  const past = [tournament(["a", "b", "c"])];
  expect(vectorAt(600, past, { parameters: PODIUM, owed })).toEqual({
    policy: "winner",
    entries: [{ hotkey: "b", share: 200_000_000 }],
    burn: 800_000_000,
  });
  const current = tournament(["d"], { id: "second", later: 100 });
  expect(vectorAt(600, [...past, current], { parameters: PODIUM, owed }).entries).toEqual([
    { hotkey: "d", share: PPB },
  ]);
});

test("rewards that overlap, and more previews than a whole, are refused", () => {
  const overlapping = [tournament(["a"]), tournament(["b"], { id: "second", later: 50 })];
  expect(refusalOf(() => vectorAt(550, overlapping))).toBe("CORE_PERIODS_OVERLAP");
  const many = Array.from({ length: 11 }, (_, k) =>
    tournament([], { id: `t${k}`, later: 0, previewLeader: "x" }),
  );
  const apart = many.map((one, k) => ({
    ...one,
    periods: { ...one.periods, reward: 500 + 100 * k, end: 600 + 100 * k },
  }));
  const parameters = { ...WINNER, leaderPreview: 100_000_000 };
  expect(refusalOf(() => vectorAt(350, apart, { parameters }))).toBe("CORE_OUT_OF_RANGE");
  expect(vectorAt(350, apart.slice(1), { parameters })).toMatchObject({ entries: [{ share: PPB }], burn: 0 });
  expect(refusalOf(() => vectorAt(Number.NaN, [tournament(["a"])]))).toBe("CORE_OUT_OF_RANGE");
});

test("shares sum to one at every block, and only places and shown leaders are paid", () => {
  const name = fc.constantFrom("a", "b", "c", null);
  const places = fc.array(name, { maxLength: 3 });
  const parameters = fc.record({
    prizes: fc.constantFrom("winner" as const, "podium" as const),
    leaderPreview: fc.integer({ min: 0, max: PPB / 10 }),
  });
  fc.assert(
    fc.property(places, places, name, fc.nat({ max: 900 }), parameters, (one, two, leader, block, rules) => {
      const tournaments = [
        tournament(one),
        tournament(two, { id: "second", later: 200, previewLeader: leader }),
      ];
      const vector = vectorAt(block, tournaments, { parameters: rules });
      expect(vector.entries.reduce((sum, { share }) => sum + share, vector.burn)).toBe(PPB);
      expect(vectorAt(block, tournaments.toReversed(), { parameters: rules })).toEqual(vector);
      const inReward = block >= 500 && block < 600 ? one : block >= 700 && block < 800 ? two : [];
      const allowed = [...inReward, block >= 500 && block < 600 ? leader : null];
      for (const { hotkey } of vector.entries) expect(allowed).toContain(hotkey);
    }),
  );
});

type Distribution = {
  id: string;
  note: string;
  input: {
    preliminary_leader_uids: (number | null)[];
    reward_recipients: { uid: number | null; share: number }[];
    burn_uid: number;
    leader_fraction: number;
  };
  expected: { weights: Record<string, number> };
};

test.each(scoringVectors<Distribution>("tournament_weight_distribution"))(
  "$id: $note",
  ({ input, expected }) => {
    const { preliminary_leader_uids: leaders, reward_recipients: recipients, burn_uid } = input;
    const rewarded = tournament(recipients.map(({ uid }) => (uid === null ? "gone" : String(uid))));
    const running = leaders.map((uid, k) =>
      tournament([], { id: `running-${k}`, later: 200, previewLeader: uid === null ? null : String(uid) }),
    );
    const vector = vectorAt(550, [rewarded, ...running], {
      parameters: {
        prizes: recipients.length > 1 ? "podium" : "winner",
        leaderPreview: input.leader_fraction * PPB,
      },
    });
    const { entries, burn } = withoutMissing(vector, {
      isRegistered: (hotkey) => hotkey !== "gone",
      missing: "burn",
    });
    const paid = new Map(entries.map(({ hotkey, share }) => [hotkey, share]));
    paid.set(String(burn_uid), (paid.get(String(burn_uid)) ?? 0) + burn);
    for (const [uid, weight] of Object.entries(expected.weights))
      expect(Math.abs((paid.get(uid) ?? 0) / PPB - weight)).toBeLessThan(2e-9);
    const named = Object.values(expected.weights).reduce((sum, weight) => sum + weight, 0);
    expect(named).toBeCloseTo(1, 12);
  },
);
