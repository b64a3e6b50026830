import type { Devnet } from "@assay/devnet";
import { afterAll, expect, test } from "vitest";
import { connectLocal, NETUID, startLocal } from "../testing/local-chain.ts";
import { amend } from "../testing/node.ts";
import { requestOf, setOn, WAITING } from "../testing/set-weights.ts";
import type { SetWeightsRequest } from "../weights.ts";

const devnet = await startLocal();
const local = { devnet, ...(await connectLocal(devnet.url)) };
const { chain, log } = local;
const hidden = await startLocal({ hyperparameters: { commitRevealWeightsEnabled: true } });
const onHidden = { devnet: hidden, ...(await connectLocal(hidden.url)) };
await devnet.newBlock();
afterAll(async () => {
  await chain.close();
  await onHidden.chain.close();
  await devnet.close();
  await hidden.close();
  await Promise.all(opened.map((other) => other.close()));
});

/** A chain of another genesis at the same height. */
async function otherChain() {
  const other = await startLocal({ tempo: 33 });
  await other.newBlock(devnet.head().number);
  opened.push(other);
  return other;
}
const opened: Devnet[] = [];

const STAKE_THRESHOLD = ["SubtensorModule.StakeThreshold"] as const;
const preflightOf = async (request: SetWeightsRequest) =>
  (await chain.preflight(request)).map((finding) => finding.error);

test.each<{ error: string; name?: string; changes?: Partial<SetWeightsRequest> }>([
  { error: "MechanismDoesNotExist", changes: { mechid: 2 } },
  { error: "IncorrectWeightVersionKey", changes: { versionKey: 6n } },
  {
    error: "DuplicateUids",
    changes: {
      row: [
        [4, 1],
        [4, 65_535],
      ],
    },
  },
  {
    error: "UidVecContainInvalidOne",
    changes: {
      row: [
        [4, 1],
        [6, 65_535],
      ],
    },
  },
  { error: "WeightVecLengthIsLow", changes: { row: [[4, 65_535]] } },
])("a block refuses with $error what preflight refused with it", async ({ error, changes }) => {
  const request = await requestOf("Alice", changes);
  expect(await preflightOf(request)).toEqual([error]);
  const outcome = await setOn(local, request);
  expect(outcome).toMatchObject({ kind: "refused", stage: "dispatch", error, retryable: false });
  expect(outcome).toMatchObject({ included: { block: devnet.finalized().number } });
});

test.each<{ found: string[]; error: string; name: string }>([
  {
    name: "Charlie",
    found: ["NotEnoughStakeToSetWeights", "NeuronNoValidatorPermit"],
    error: "StakeAmountTooLow",
  },
])("the pool refuses with $error what preflight calls $found", async ({ name, found, error }) => {
  const request = await requestOf(name);
  expect(await preflightOf(request)).toEqual(found);
  const outcome = await chain.submit(await chain.signSetWeights(request));
  expect(outcome).toMatchObject({ kind: "refused", stage: "pool", error, included: null });
});

test("a hotkey that is not registered is refused by preflight and by the pool", async () => {
  const request = await requestOf("Stranger");
  expect(await preflightOf(request)).toEqual(["HotKeyNotRegisteredInSubNet"]);
  const refusal = async () => chain.submit(await chain.signSetWeights(request));
  const asks = (value: number) => amend(devnet.url, { item: STAKE_THRESHOLD, type: "u64", value });
  const atPool = { kind: "refused", stage: "pool", retryable: false };
  expect(await refusal()).toMatchObject({ ...atPool, error: "StakeAmountTooLow" });
  await asks(0);
  expect(await refusal()).toMatchObject({ ...atPool, error: "UidNotFound" });
  await asks(1_000_000_000);
});

test("the rate limit is told with the blocks to wait, and holds exactly that long", async () => {
  expect(await setOn(local, await requestOf("Bob"))).toMatchObject({ kind: "set" });
  const again = await requestOf("Bob");
  const [finding, ...more] = await chain.preflight(again);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ error: "SettingWeightsTooFast", retryable: true, waitBlocks: 3 });
  const early = await chain.submit(await chain.signSetWeights(again));
  expect(early).toMatchObject({
    kind: "refused",
    stage: "pool",
    error: "RateLimitExceeded",
    retryable: true,
  });
  await devnet.newBlock(3);
  expect(await chain.preflight(again)).toEqual([]);
  expect(await setOn(local, again)).toMatchObject({ kind: "set" });
});

test("for a subnet that does not exist nothing is signed", async () => {
  const request = await requestOf("Alice", { netuid: 9 });
  expect(await preflightOf(request)).toEqual(["MechanismDoesNotExist"]);
  await expect(chain.signSetWeights(request)).rejects.toMatchObject({ code: "CHAIN_SUBNET_UNKNOWN" });
});

test.each([
  ["on", false, "CommitRevealEnabled"],
  ["off", true, "CommitRevealDisabled"],
])("commit-reveal switched %s after signing is refused, to be signed again", async (_to, before, error) => {
  const item = ["SubtensorModule.CommitRevealWeightsEnabled", NETUID] as const;
  const turn = (value: boolean) => amend(hidden.url, { item, type: "bool", value });
  await turn(before);
  const signed = await onHidden.chain.signSetWeights(await requestOf("Alice"));
  await turn(!before);
  const waiting = onHidden.log.next(WAITING);
  const outcome = onHidden.chain.submit(signed);
  await waiting;
  await hidden.newBlock(2);
  expect(await outcome).toMatchObject({ kind: "refused", stage: "dispatch", error, retryable: true });
  await turn(true);
});

test("what was signed for another chain is refused", async () => {
  const other = await connectLocal((await otherChain()).url);
  const foreign = await other.chain.signSetWeights(await requestOf("Alice"));
  const outcome = await chain.submit(foreign);
  expect(outcome).toMatchObject({ kind: "refused", stage: "pool", error: "BadProof", retryable: false });
  await other.chain.close();
});

test("an included call whose row the chain does not hold is not called set", async () => {
  await devnet.newBlock(10);
  const signed = await chain.signSetWeights(await requestOf("Alice"));
  const waiting = log.next(WAITING);
  const outcome = chain.submit(signed);
  await waiting;
  const { number: block, hash } = await devnet.newBlock();
  const item = ["SubtensorModule.Weights", NETUID, 1] as const;
  await amend(devnet.url, { item, type: "Vec<(u16,u16)>", value: [[4, 65_535]] });
  await devnet.newBlock();
  expect(await outcome).toMatchObject({
    kind: "refused",
    stage: "read-back",
    error: "RowDiffers",
    retryable: false,
    included: { block, hash },
  });
});

test("an included call that does not count as an update is not called set", async () => {
  await devnet.newBlock(10);
  const signed = await chain.signSetWeights(await requestOf("Alice"));
  const waiting = log.next(WAITING);
  const outcome = chain.submit(signed);
  await waiting;
  await devnet.newBlock();
  const item = ["SubtensorModule.LastUpdate", NETUID] as const;
  await amend(devnet.url, { item, type: "Vec<u64>", value: [1, 1, 1, 1, 1, 1] });
  await devnet.newBlock();
  expect(await outcome).toMatchObject({ kind: "refused", stage: "read-back", error: "LastUpdateMissing" });
});

test("an included call of a hotkey that lost its uid is not called set", async () => {
  await devnet.newBlock(10);
  const signed = await chain.signSetWeights(await requestOf("Bob"));
  const waiting = log.next(WAITING);
  const outcome = chain.submit(signed);
  await waiting;
  await devnet.newBlock();
  const item = ["SubtensorModule.Uids", NETUID, signed.request.signer.address] as const;
  await amend(devnet.url, { item, type: "u16", value: null });
  await devnet.newBlock();
  expect(await outcome).toMatchObject({ kind: "refused", stage: "read-back", error: "HotkeyGone" });
});
