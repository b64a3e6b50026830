import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../../test/refusal.ts";
import {
  type AcceptedAgent,
  latestAgents,
  NO_ENTRIES,
  syncEntries,
  type TournamentEntries,
} from "./entries.ts";
import { agent, periodsAt } from "./test/tournaments.ts";

const periods = periodsAt();
const names = (agents: readonly AcceptedAgent[]) => agents.map(({ submissionId }) => submissionId);

test("of each hotkey the latest agent counts, with its own place in ties", () => {
  const agents = [
    agent("alice", { submissionId: "old", acceptedAtBlock: 120 }),
    agent("bob", { acceptedAtBlock: 130 }),
    agent("alice", { submissionId: "new", acceptedAtBlock: 140 }),
    agent("alice", { submissionId: "newest", acceptedAtBlock: 140, sequence: 1 }),
  ];
  expect(names(latestAgents(agents, periods))).toEqual(["agent-bob", "newest"]);
  expect(latestAgents(agents.toReversed(), periods)).toEqual(latestAgents(agents, periods));
});

test.each([
  [99, false],
  [100, true],
  [299, true],
  [300, false],
])("an agent accepted at block %i counts: %s", (acceptedAtBlock, counts) => {
  expect(latestAgents([agent("alice", { acceptedAtBlock })], periods)).toHaveLength(counts ? 1 : 0);
});

const sync = (
  current: TournamentEntries,
  block: number,
  registered: string[],
  agents = [agent("alice"), agent("bob")],
) => syncEntries(current, { block, periods, registered: new Set(registered), agents });

test("eligible is who is registered and has an agent, again and again through submit", () => {
  const first = sync(NO_ENTRIES, 200, ["alice", "carol"]);
  expect(first).toEqual({ syncedAtBlock: 200, isLocked: false, entries: [agent("alice")] });
  const second = sync(first, 250, ["bob"]);
  expect(second).toEqual({ syncedAtBlock: 250, isLocked: false, entries: [agent("bob")] });
});

test("nobody is eligible before submit", () => {
  expect(sync(NO_ENTRIES, 50, ["alice"])).toBe(NO_ENTRIES);
  expect(sync(NO_ENTRIES, 199, ["alice"])).toBe(NO_ENTRIES);
});

test("an agent from after the sync's block is not in it", () => {
  const late = agent("alice", { acceptedAtBlock: 260 });
  expect(sync(NO_ENTRIES, 259, ["alice"], [late]).entries).toEqual([]);
  expect(sync(NO_ENTRIES, 260, ["alice"], [late]).entries).toEqual([late]);
});

test("the last block before the evaluation locks, and nothing changes a lock", () => {
  const locked = sync(NO_ENTRIES, 299, ["alice"]);
  expect(locked).toEqual({ syncedAtBlock: 299, isLocked: true, entries: [agent("alice")] });
  for (const block of [250, 299, 300, 10_000]) expect(sync(locked, block, ["bob"])).toBe(locked);
});

test("a sync that comes after one at a later block changes nothing", () => {
  const current = sync(NO_ENTRIES, 250, ["alice"]);
  expect(sync(current, 240, ["bob"])).toBe(current);
  expect(sync(current, 250, ["bob"])).toBe(current);
});

test("past the lock block the last sync is final; without one there is still nothing to lock", () => {
  const current = sync(NO_ENTRIES, 250, ["alice"]);
  expect(sync(current, 320, ["bob"])).toEqual({ ...current, isLocked: true });
  expect(sync(NO_ENTRIES, 320, ["bob"])).toEqual(NO_ENTRIES);
});

test("a locked list does not depend on how often it was synced before", () => {
  const blocks = fc.array(fc.integer({ min: 0, max: 298 }), { maxLength: 6 });
  const hotkeys = fc.subarray(["alice", "bob", "carol"]);
  fc.assert(
    fc.property(blocks, hotkeys, (earlier, registered) => {
      const before = earlier.reduce((current, block) => sync(current, block, ["alice"]), NO_ENTRIES);
      expect(sync(before, 299, registered)).toEqual(sync(NO_ENTRIES, 299, registered));
    }),
  );
});

test("a block that is none is refused", () => {
  expect(refusalOf(() => sync(NO_ENTRIES, Number.NaN, []))).toBe("CORE_OUT_OF_RANGE");
});
