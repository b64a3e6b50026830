import { encrypt, latestRound, QUICKNET } from "@assay/timelock";
import { beforeEach, expect, test } from "vitest";
import { beaconOf } from "../drand/beacon.ts";
import type { CommitmentField } from "../pallets/commitments.ts";
import type { Context } from "../runtime/context.ts";
import { commitments, drand, subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import { contextAt, developmentAccount, live, refusalOf, timeOf } from "../testing/fixture.ts";
import { setCommitment } from "./set-commitment.ts";

const { storage } = commitments;
const NETUID = 1;
const EVE_UID = 4;
const eve = developmentAccount("eve");
const raw: CommitmentField = { tag: "Raw2", value: "0xbeef" };

let context: Context;
beforeEach(() => {
  context = live(contextAt(19), 20);
  context.events.length = 0;
});

function commit(at: Context, fields: readonly CommitmentField[], who = eve): void {
  setCommitment(at, { kind: "signed", who }, { netuid: NETUID, info: { fields } });
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test("a commitment replaces the earlier one and says so", () => {
  commit(context, [{ tag: "None", value: undefined }]);
  commit(context, [raw, { tag: "Sha256", value: `0x${"22".repeat(32)}` }]);
  expect(read(context.state, storage.CommitmentOf, NETUID, eve)).toEqual({
    deposit: 0n,
    block: 20,
    info: { fields: [raw, { tag: "Sha256", value: `0x${"22".repeat(32)}` }] },
  });
  expect(read(context.state, storage.LastCommitment, NETUID, eve)).toBe(20);
  expect(context.events.at(-1)).toEqual({
    pallet: "Commitments",
    name: "Commitment",
    value: { netuid: NETUID, who: eve },
  });
});

test("strangers and a fourth field are refused", () => {
  expect(refusalOf(() => commit(context, [raw], `0x${"ab".repeat(32)}`))).toBe("AccountNotAllowedCommit");
  expect(refusalOf(() => commit(context, [raw, raw, raw, raw]))).toBe("TooManyFieldsInCommitmentInfo");
});

test("an account writes 3,100 bytes per epoch, each commitment at least 100 of them", () => {
  const big: CommitmentField = { tag: "BigRaw", value: new Uint8Array(512) };
  for (let i = 0; i < 6; i += 1) commit(context, [big]);
  expect(read(context.state, storage.UsedSpaceOf, NETUID, eve)?.used_space).toBe(3_072n);
  expect(refusalOf(() => commit(context, [raw]))).toBe("SpaceLimitExceeded");
  commit(context, [raw], developmentAccount("ferdie"));
  write(context.state, subtensor.storage.SubnetEpochIndex, [NETUID, 1n]);
  commit(context, [raw]);
  expect(read(context.state, storage.UsedSpaceOf, NETUID, eve)).toEqual({ last_epoch: 1n, used_space: 100n });
});

test("a sealed commitment is opened when its round is out", () => {
  const round = latestRound(QUICKNET, timeOf(25));
  const target = { beacon: beaconOf(context.state), round };
  const encrypted = encrypt(new TextEncoder().encode("hello"), target);
  const sealed = { tag: "TimelockEncrypted", value: { encrypted, reveal_round: BigInt(round) } };
  commit(context, [raw, sealed]);
  expect(context.events.at(-1)?.name).toBe("TimelockCommitment");
  const before = live(context, 25);
  expect(read(before.state, storage.RevealedCommitments, NETUID, eve)).toBeUndefined();
  expect(read(before.state, drand.storage.Pulses, BigInt(round))).toBeDefined();
  const after = live(before, 26);
  const revealed = read(after.state, storage.RevealedCommitments, NETUID, eve) ?? [];
  expect(revealed.map(([bytes, block]) => [text(bytes), block])).toEqual([["hello", 26n]]);
  expect(read(after.state, storage.CommitmentOf, NETUID, eve)?.info.fields).toEqual([raw]);
  expect(read(after.state, storage.TimelockedIndex)).toEqual([]);
  expect(after.events[0]?.name).toBe("CommitmentRevealed");
});

test("what does not open is dropped", () => {
  const reveal_round = BigInt(latestRound(QUICKNET, timeOf(21)));
  commit(context, [{ tag: "TimelockEncrypted", value: { encrypted: new Uint8Array(300), reveal_round } }]);
  const after = live(context, 23);
  expect(read(after.state, storage.RevealedCommitments, NETUID, eve)).toBeUndefined();
  expect(read(after.state, storage.TimelockedIndex)).toEqual([]);
});

test("the reset flag takes the committer out of everybody's bonds where the subnet allows it", () => {
  const { Bonds, BondsResetOn } = subtensor.storage;
  const row = [
    [EVE_UID, 9],
    [5, 7],
  ] as const;
  write(context.state, Bonds, [NETUID, 1, row]);
  const flag = { tag: "ResetBondsFlag", value: undefined };
  commit(context, [flag]);
  expect(read(context.state, Bonds, NETUID, 1)).toEqual(row);
  write(context.state, BondsResetOn, [NETUID, true]);
  commit(context, [flag]);
  expect(read(context.state, Bonds, NETUID, 1)).toEqual([[5, 7]]);
});
