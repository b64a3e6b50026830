import { DEVELOPMENT_ACCOUNTS } from "./development.ts";
import { type Doc, eachOf, invalid, listOf, numberOf, objectOf, textOf } from "./document.ts";
import type { GenesisNeuron, GenesisSubnet } from "./spec.ts";

const RAO_PER_TAO = 1e9;
const TEMPO = 360;
const RATE_LIMIT = 100;

/**
 * A recorded metagraph (`{ netuid, hotkeys, stake, weights_u16 }`) as a subnet with the same uids. Whoever has a row
 * of weights holds a permit. Such files name no coldkeys: each hotkey is its own, and uid 0's belongs to Alice, who
 * thereby owns the subnet.
 */
export function recordedSubnet(json: unknown): GenesisSubnet {
  const doc = objectOf({ value: json, path: "" });
  const hotkeys = listOf(doc.at("hotkeys"), textOf);
  const stake = listOf(doc.at("stake"), stakeOf);
  const rows = new Map(eachOf(doc.at("weights_u16"), rowOf));
  if (stake.length !== hotkeys.length)
    throw invalid("stake", `${stake.length} amounts for ${hotkeys.length} hotkeys`);
  const neurons = hotkeys.map((hotkey, uid): GenesisNeuron => {
    const weights = rows.get(String(uid));
    const coldkey = uid === 0 ? DEVELOPMENT_ACCOUNTS.alice.coldkey : hotkey;
    const judges = weights === undefined ? {} : { weights, validatorPermit: true };
    return { hotkey, coldkey, stakeRao: stake[uid] ?? 0n, ...judges };
  });
  const [owner] = neurons;
  if (owner === undefined) throw invalid("hotkeys", "is empty");
  const { hotkey, coldkey } = owner;
  return {
    netuid: numberOf(doc.at("netuid")),
    tempo: TEMPO,
    weightsRateLimit: RATE_LIMIT,
    owner: { hotkey, coldkey },
    neurons,
  };
}

/** Alpha as a decimal number, which is all that recordings have. */
function stakeOf({ value, path }: Doc): bigint {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
    throw invalid(path, "is no amount of stake");
  return BigInt(Math.round(value * RAO_PER_TAO));
}

function rowOf(doc: Doc): (readonly [uid: number, value: number])[] {
  return listOf(doc, pairOf);
}

/** One weight: a uid and a u16. */
export function pairOf(doc: Doc): readonly [uid: number, value: number] {
  const [uid, value, ...more] = listOf(doc, numberOf);
  if (uid === undefined || value === undefined || more.length > 0) throw invalid(doc.path, "is no pair");
  return [uid, value];
}
