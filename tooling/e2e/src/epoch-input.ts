import type { ApiPromise } from "@polkadot/api";
import type { Codec } from "@polkadot/types-codec/types";

const U64_MAX = (1n << 64n) - 1n;

type Storage = (name: string, ...keys: unknown[]) => Promise<Codec>;

/**
 * Input of the Yuma epoch that ran at `block`, for `assay epoch`, read from storage as it stood one block before.
 *
 * The rao to split are the pending amounts of that block plus one block's growth of them.
 */
export async function epochInputAt(api: ApiPromise, { netuid, block }: { netuid: number; block: number }) {
  const read = await storageAt(api, block - 1);
  const earlier = await storageAt(api, block - 2);
  const n = Number(await read("subnetworkN", netuid));
  const uids = Array.from({ length: n }, (_, uid) => uid);
  const hotkeys = await Promise.all(uids.map(async (uid) => String(await read("keys", netuid, uid))));
  const pending = await pendingRao(read, netuid);
  return {
    n,
    block,
    rao_emission: (2n * pending - (await pendingRao(earlier, netuid))).toString(),
    ...(await parameters(read, netuid)),
    owner_uid: ownerUid(hotkeys, String(await read("subnetOwnerHotkey", netuid))),
    stake: await Promise.all(hotkeys.map((hotkey) => stakeWeight(read, { hotkey, netuid }))),
    last_update: json(await read("lastUpdate", netuid)),
    block_at_registration: await Promise.all(
      uids.map(async (uid) => Number(await read("blockAtRegistration", netuid, uid))),
    ),
    validator_permit: json(await read("validatorPermit", netuid)),
    weights: await Promise.all(uids.map(async (uid) => json(await read("weights", netuid, uid)))),
    bonds: await Promise.all(uids.map(async (uid) => json(await read("bonds", netuid, uid)))),
  };
}

async function storageAt(api: ApiPromise, block: number): Promise<Storage> {
  const at = await api.at(await api.rpc.chain.getBlockHash(block));
  return async (name, ...keys) => {
    const item = at.query["subtensorModule"]?.[name];
    if (item === undefined) throw new Error(`the chain declares no ${name}`);
    return item(...keys);
  };
}

async function parameters(read: Storage, netuid: number) {
  const number = async (name: string): Promise<number> => Number(await read(name, netuid));
  const tempo = await number("tempo");
  const [alphaLow, alphaHigh] = json(await read("alphaValues", netuid)) as [number, number];
  return {
    tempo,
    activity_cutoff_blocks: Math.max(
      1,
      Math.floor(((await number("activityCutoffFactorMilli")) * tempo) / 1000),
    ),
    last_epoch_run_block: await number("lastMechansimStepBlock"),
    stake_threshold: String(await read("stakeThreshold")),
    max_allowed_validators: await number("maxAllowedValidators"),
    kappa: await number("kappa"),
    bonds_penalty: await number("bondsPenalty"),
    bonds_moving_average: await number("bondsMovingAverage"),
    liquid_alpha: json(await read("liquidAlphaOn", netuid)),
    alpha_low: alphaLow,
    alpha_high: alphaHigh,
    alpha_sigmoid_steepness: await number("alphaSigmoidSteepness"),
    yuma3: json(await read("yuma3On", netuid)),
  };
}

async function pendingRao(read: Storage, netuid: number): Promise<bigint> {
  const names = ["pendingServerEmission", "pendingValidatorEmission", "pendingRootAlphaDivs"];
  const amounts = await Promise.all(names.map(async (name) => BigInt(String(await read(name, netuid)))));
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

/** Stake weight of a hotkey without children or parents: its alpha plus the weighted share of its root stake. */
async function stakeWeight(
  read: Storage,
  { hotkey, netuid }: { hotkey: string; netuid: number },
): Promise<string> {
  const amount = async (of: number): Promise<bigint> =>
    BigInt(String(await read("totalHotkeyAlpha", hotkey, of)));
  const [alpha, tao] = [await amount(netuid), await amount(0)];
  const taoWeight = BigInt(String(await read("taoWeight")));
  return (alpha + (tao * taoWeight) / U64_MAX).toString();
}

function ownerUid(hotkeys: readonly string[], owner: string): number | null {
  const uid = hotkeys.indexOf(owner);
  return uid === -1 ? null : uid;
}

function json(value: Codec): unknown {
  return value.toJSON();
}
