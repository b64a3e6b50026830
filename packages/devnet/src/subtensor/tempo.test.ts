import { beforeEach, expect, test } from "vitest";
import { type Context, transactional } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import { advance, contextAt, developmentAccount, refusalOf } from "../testing/fixture.ts";
import { setActivityCutoffFactor, setTempo, triggerEpoch } from "./tempo.ts";

const { storage } = subtensor;
const NETUID = 1;
const owner = { kind: "signed", who: developmentAccount("alice", "coldkey") } as const;
const other = { kind: "signed", who: developmentAccount("bob", "coldkey") } as const;

let context: Context;
beforeEach(() => {
  context = contextAt(20);
});

const tempo = (value: number, origin: Parameters<typeof setTempo>[1] = owner) =>
  refusalOf(() =>
    transactional(context, (inner) => setTempo(inner, origin, { netuid: NETUID, tempo: value })),
  );
const trigger = (at = context) => refusalOf(() => triggerEpoch(at, owner, { netuid: NETUID }));

test("the owner sets the tempo within bounds, and the running epoch starts again", () => {
  expect(tempo(359)).toBe("TempoOutOfBounds");
  expect(tempo(50_401)).toBe("TempoOutOfBounds");
  expect(tempo(400)).toBe("accepted");
  expect(read(context.state, storage.Tempo, NETUID)).toBe(400);
  expect(read(context.state, storage.LastEpochBlock, NETUID)).toBe(20n);
  expect(context.events.at(-1)).toEqual({
    pallet: "SubtensorModule",
    name: "TempoSet",
    value: [NETUID, 400],
  });
});

test("the owner changes the tempo once per 360 blocks, root whenever it likes", () => {
  expect(tempo(400)).toBe("accepted");
  context = { ...context, block: 379 };
  expect(tempo(500)).toBe("TxRateLimitExceeded");
  expect(tempo(600, { kind: "root" })).toBe("accepted");
  context = { ...context, block: 380 };
  expect(tempo(500)).toBe("accepted");
});

test("nobody else may, and nobody just before an epoch", () => {
  expect(tempo(400, other)).toMatchObject({ code: "DEVNET_BAD_ORIGIN" });
  context = { ...context, block: 30 };
  expect(tempo(400)).toBe("AdminActionProhibitedDuringWeightsWindow");
});

test("the activity cutoff follows its factor within bounds", () => {
  const set = (factor_milli: number) =>
    refusalOf(() => setActivityCutoffFactor(context, owner, { netuid: NETUID, factor_milli }));
  expect([set(999), set(50_001)]).toEqual(Array(2).fill("ActivityCutoffFactorMilliOutOfBounds"));
  expect(set(2_000)).toBe("accepted");
  expect(read(context.state, storage.ActivityCutoffFactorMilli, NETUID)).toBe(2_000);
});

test("a triggered epoch runs after the freeze window", () => {
  expect(trigger()).toBe("accepted");
  expect(context.events.at(-1)?.value).toEqual({ netuid: NETUID, by: owner.who, fires_at: 30n });
  expect(trigger()).toBe("EpochTriggerAlreadyPending");
  expect(read(advance(context, 29).state, storage.SubnetEpochIndex, NETUID)).toBe(0n);
  const after = advance(context, 30);
  expect(read(after.state, storage.SubnetEpochIndex, NETUID)).toBe(1n);
  expect(read(after.state, storage.LastEpochBlock, NETUID)).toBe(30n);
});

test("an epoch is not triggered where one is imminent or weights are committed", () => {
  expect(trigger({ ...context, block: 30 })).toBe("AutoEpochAlreadyImminent");
  write(context.state, storage.CommitRevealWeightsEnabled, [NETUID, true]);
  expect(trigger()).toBe("DynamicTempoBlockedByCommitReveal");
});
