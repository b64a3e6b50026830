import { ChainError } from "../errors.ts";
import type { Metagraph } from "../subnet.ts";
import { type Check, hold, type Subject } from "./check.ts";

/** Older than this a node without an archive may have forgotten. */
const RECENT_BLOCKS = 20;
const NEVER = 65_535;

/** Everything that is read, asserted on any node; nothing is sent. */
export const READ_CHECKS: readonly Check[] = [
  { claim: "its runtime has everything in use in the expected shape", run: runtimeIsAsExpected },
  { claim: "finalised blocks are named by their hash and not above the best", run: headsAreConsistent },
  { claim: "new blocks are finalised, in growing height", run: headsGrow },
  { claim: "a block in the past is read as it was", run: pastIsReadable },
  { claim: "a metagraph has one neuron per uid, each with a value in range", run: metagraphIsWhole },
  { claim: "weights and bonds name existing uids", run: rowsNameUids },
  { claim: "the runtime's next epoch is the one its state gives", run: scheduleAgrees },
  { claim: "hyperparameters agree with the storage they come from", run: parametersAgree },
  { claim: "axons and commitments belong to registered hotkeys", run: servedByNeurons },
  { claim: "there is a way for weights, or a reason why not", run: planIsMade },
  { claim: "a subnet that does not exist is refused as such", run: unknownSubnetIsRefused },
  { claim: "an extrinsic that never was is not found", run: foreignExtrinsicIsNotFound },
];

async function runtimeIsAsExpected({ chain }: Subject): Promise<undefined> {
  const { changes, specVersion } = await chain.runtimeReport();
  hold(changes.length === 0, `spec ${specVersion}: ${changes.map(({ item }) => item).join(", ")}`);
}

async function headsAreConsistent({ chain }: Subject): Promise<undefined> {
  const finalised = await chain.finalisedHead();
  const best = await chain.bestHead();
  hold(finalised.block <= best.block, `finalised ${finalised.block} is above best ${best.block}`);
  const hash = await chain.blockHash(finalised.block);
  hold(hash === finalised.hash, `block ${finalised.block} is ${hash}, said was ${finalised.hash}`);
  hold((await chain.blockHash(0)) === chain.genesisHash, "block 0 is not the genesis");
}

async function headsGrow({ chain, onWait }: Subject): Promise<undefined> {
  const seen: number[] = [];
  for await (const { block } of chain.finalisedHeads()) {
    seen.push(block);
    if (seen.length === 2) break;
    onWait();
  }
  const [first = 0, second = 0] = seen;
  hold(second > first, `after ${first} came ${second}`);
}

async function pastIsReadable({ chain, netuid }: Subject): Promise<undefined> {
  const { block } = await chain.finalisedHead();
  const past = Math.max(0, block - RECENT_BLOCKS);
  const hash = await chain.blockHash(past);
  hold(hash !== undefined, `block ${past} has no hash`);
  const { at } = await chain.epochState(netuid, { at: hash });
  hold(at.block === past && at.hash === hash, `asked for block ${past}, got ${at.block}`);
}

async function metagraphIsWhole({ chain, netuid }: Subject): Promise<undefined> {
  const { neurons, at } = await chain.metagraph(netuid);
  const { n } = await chain.weightRules(netuid, { at: at.hash });
  hold(neurons.length === n, `${neurons.length} neurons, ${n} uids`);
  const hotkeys = new Set(neurons.map(({ hotkey }) => hotkey));
  hold(hotkeys.size === n, "a hotkey stands twice");
  for (const { uid, incentive, consensus, dividends, validatorTrust } of neurons)
    for (const share of [incentive, consensus, dividends, validatorTrust])
      hold(share >= 0 && share <= 65_535, `uid ${uid} has a share of ${share}`);
}

async function rowsNameUids({ chain, netuid }: Subject): Promise<undefined> {
  const { neurons, at } = await chain.metagraph(netuid);
  const rows = [
    ...(await chain.weights(netuid, { at: at.hash })),
    ...(await chain.bonds(netuid, { at: at.hash })),
  ];
  hold(rows.length === 2 * neurons.length, `${rows.length} rows for ${neurons.length} neurons`);
  const strange = rows.flat().find(([uid]) => uid >= neurons.length);
  hold(strange === undefined, `a row names uid ${strange?.[0]}, which is not there`);
}

async function scheduleAgrees({ chain, netuid }: Subject): Promise<undefined> {
  const { tempo, nextEpochStart, lastEpochBlock } = await chain.epochState(netuid);
  hold(tempo === 0 || nextEpochStart !== null, "a tempo and yet no next epoch");
  hold(nextEpochStart === null || nextEpochStart > lastEpochBlock, "the next epoch is before the last");
}

async function parametersAgree({ chain, netuid }: Subject): Promise<undefined> {
  const { values, at } = await chain.hyperparameters(netuid);
  const rules = await chain.weightRules(netuid, { at: at.hash });
  const pairs = [
    ["kappa", BigInt(rules.kappa)],
    ["weights_version", rules.weightsVersionKey],
    ["weights_rate_limit", BigInt(rules.weightsRateLimit)],
    ["min_allowed_weights", BigInt(rules.minAllowedWeights)],
    ["commit_reveal_weights_enabled", rules.commitRevealEnabled],
    ["liquid_alpha_enabled", rules.liquidAlpha],
  ] as const;
  for (const [name, stored] of pairs) hold(values[name] === stored, `${name} differs from storage`);
}

async function servedByNeurons({ chain, netuid }: Subject): Promise<undefined> {
  const metagraph = await chain.metagraph(netuid);
  const at = { at: metagraph.at.hash };
  const served = [...(await chain.axons(netuid, at)), ...(await chain.commitments(netuid, at))];
  for (const { uid, hotkey } of served) hold(isThere(metagraph, uid, hotkey), `${hotkey} is not uid ${uid}`);
}

function isThere({ neurons }: Metagraph, uid: number, hotkey: string): boolean {
  return neurons[uid]?.hotkey === hotkey;
}

async function planIsMade({ chain, netuid }: Subject): Promise<undefined> {
  const plan = await chain.planWeights({ netuid });
  const { commitRevealEnabled } = await chain.weightRules(netuid);
  hold(plan.kind !== "refused" || plan.message.length > 0, "refused without a reason");
  if (plan.kind === "refused") return;
  hold((plan.kind === "direct") !== commitRevealEnabled, `${plan.kind} does not fit the subnet`);
}

async function unknownSubnetIsRefused({ chain }: Subject): Promise<undefined> {
  const code = await codeOf(chain.metagraph(NEVER));
  hold(code === "CHAIN_SUBNET_UNKNOWN", `subnet ${NEVER}: ${code}`);
}

async function foreignExtrinsicIsNotFound({ chain }: Subject): Promise<undefined> {
  const { block } = await chain.finalisedHead();
  const never = { hash: `0x${"00".repeat(32)}`, fromBlock: Math.max(0, block - 3), eraEnd: block };
  const { kind } = await chain.trackExtrinsic(never);
  hold(kind === "expired", `an extrinsic that never was is ${kind}`);
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "no error";
  } catch (error) {
    return error instanceof ChainError ? error.code : String(error);
  }
}
