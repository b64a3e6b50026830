import { latestRound, QUICKNET, verifyPulse } from "@assay/timelock";
import { beforeEach, expect, test } from "vitest";
import type { Context } from "../runtime/context.ts";
import { drand, subtensor, timestamp } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import { Overlay } from "../state/overlay.ts";
import { contextAt, developmentAccount, live, timeOf } from "../testing/fixture.ts";
import { beaconOf, publisherOf, writeBeacon } from "./beacon.ts";
import { publishPulses } from "./pulses.ts";

const { storage } = drand;
const roundAt = (block: number) => latestRound(QUICKNET, timeOf(block));

let context: Context;
beforeEach(() => {
  context = contextAt(0);
});

test("the state names the devnet's beacon, at quicknet's pace", () => {
  const beacon = beaconOf(context.state);
  expect(beacon).toMatchObject({ id: "assay-devnet", genesisTime: QUICKNET.genesisTime, periodSeconds: 3 });
  expect(beacon.publicKey).not.toBe(QUICKNET.publicKey);
  expect(publisherOf(context.state)?.beacon).toEqual(beacon);
});

test("a chain that begins before quicknet has a beacon as old as itself", () => {
  const state = new Overlay({ get: () => undefined, keys: () => [] });
  writeBeacon(state, 5_000);
  expect(beaconOf(state).genesisTime).toBe(5);
});

test("each block publishes the newest round of its own time, genuine", () => {
  const at = live(context, 2);
  const round = roundAt(2);
  expect(read(at.state, storage.LastStoredRound)).toBe(BigInt(round));
  expect(read(at.state, storage.OldestStoredRound)).toBe(BigInt(roundAt(1)));
  const pulse = read(at.state, storage.Pulses, BigInt(round));
  const signature = pulse?.signature ?? new Uint8Array();
  expect(verifyPulse(beaconOf(at.state), { round, signature }).randomness).toEqual(pulse?.randomness);
  expect(at.events.at(-1)).toEqual({ pallet: "Drand", name: "NewPulse", value: { rounds: [BigInt(round)] } });
});

test("a round that a commit waits for is published, however far the time jumps", () => {
  const round = BigInt(roundAt(50));
  const entry = [developmentAccount("bob"), 1n, new Uint8Array(), round] as const;
  write(context.state, subtensor.storage.TimelockedWeightCommits, [1, 0n, [entry]]);
  const at = live(context, 1);
  expect(read(at.state, storage.Pulses, round)).toBeUndefined();
  write(at.state, timestamp.storage.Now, [BigInt(timeOf(1_000))]);
  publishPulses(at);
  expect(read(at.state, storage.Pulses, round)?.round).toBe(round);
  expect(read(at.state, storage.LastStoredRound)).toBe(BigInt(roundAt(1_000)));
});

test("time that stands still publishes nothing, and neither does a foreign beacon", () => {
  const at = live(context, 1);
  const events = [...at.events];
  publishPulses(at);
  expect(at.events).toEqual(events);
  write(at.state, storage.BeaconConfig, [storage.BeaconConfig.fallback]);
  write(at.state, timestamp.storage.Now, [BigInt(timeOf(9))]);
  publishPulses(at);
  expect(at.events).toEqual(events);
});
