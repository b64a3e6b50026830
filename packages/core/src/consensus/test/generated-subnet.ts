import { createHash } from "node:crypto";
import { epochOutputToJson } from "../../schema/epoch-output.ts";
import { maxUpscaleU16 } from "../max-upscale.ts";
import type { EpochInput, EpochOutput, SparseRow } from "../types.ts";
import type { GeneratorCase } from "./chain-vectors.ts";
import { filled, subnet } from "./epoch-inputs.ts";

/**
 * The chain's 512-neuron test, run by `epoch`: one epoch to grant permits, weights of all validators on all servers,
 * three more.
 */
export function generate(
  { generator }: GeneratorCase,
  epoch: (input: EpochInput) => EpochOutput,
): EpochOutput {
  const n = 512;
  const isSpread = generator.interleave.includes("% 8");
  const isValidator = (uid: number) => (isSpread ? uid % 8 === 0 : uid < 64);
  const uids = Array.from({ length: n }, (_, uid) => uid);
  const servers = uids.filter((uid) => !isValidator(uid));
  const stored = maxUpscaleU16(filled(servers.length, 127));
  const validatorRow: SparseRow = servers.map((uid, k) => [uid, stored[k] ?? 0]);
  const weighsItself = generator.sequence.includes("self weight");
  const base = subnet(n, {
    block: 1,
    tempo: 65_534,
    activityCutoffBlocks: 910_201,
    lastEpochRunBlock: 0,
    maxAllowedValidators: 64,
    yuma3: false,
    raoEmission: BigInt(generator.rao_emission),
    stake: uids.map((uid) => (isValidator(uid) ? BigInt(generator.stake_per_validator) : 0n)),
    lastUpdate: filled(n, 0),
    blockAtRegistration: filled(n, 0),
    validatorPermit: filled(n, false),
  });
  const weights = uids.map((uid): SparseRow => {
    if (isValidator(uid)) return validatorRow;
    return weighsItself ? [[uid, 65_535]] : [];
  });
  const lastUpdate = weights.map((row) => (row.length > 0 ? 1 : 0));
  const next = (input: EpochInput, output: EpochOutput): EpochInput => ({
    ...input,
    validatorPermit: output.validatorPermit,
    bonds: output.bonds,
  });
  let input = next({ ...base, weights, lastUpdate }, epoch(base));
  for (let k = 0; k < 2; k += 1) input = next(input, epoch(input));
  return epoch(input);
}

/** The hash the vectors give for an outcome. */
export function hashOf(output: EpochOutput): string {
  const json = epochOutputToJson(output);
  const { bonds, consensus, dividends, emission, incentive } = json;
  const { server_emission, stake_weight, validator_emission, validator_trust } = json;
  const sorted = { bonds, consensus, dividends, emission, incentive, server_emission, stake_weight };
  const text = JSON.stringify({ ...sorted, validator_emission, validator_trust });
  return createHash("sha256").update(text).digest("hex");
}
