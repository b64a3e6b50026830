import { CoreError } from "../errors.ts";
import { apportion } from "../weights/largest-remainder.ts";
import type { EpochTrace } from "./epoch.ts";
import type { MinerExplanation, Proportion, ValidatorExplanation, WeightVote } from "./explanation.ts";
import { add, type Fixed, mul, q16, sub } from "./fixed.ts";
import type { FixedRows } from "./types.ts";
import { at, sum } from "./vector.ts";
import { storedWeight } from "./weight-mask.ts";

/**
 * A miner's consensus and incentive, vote by vote.
 *
 * contribution_i = mul(A_i, V_i); shares are the incentive's bits divided in proportion to the contributions by
 * largest remainder, all 0 for a miner without incentive.
 *
 * @param trace of the epoch to explain, see `epochTrace`.
 * @throws CoreError CORE_OUT_OF_RANGE for a uid the subnet does not have.
 * @see incentive.ts
 */
export function explainMiner(trace: EpochTrace, uid: number): MinerExplanation {
  assertUid(trace, uid);
  const voters = trace.stake.flatMap((_, validator) => (isHeard(trace, validator, uid) ? [validator] : []));
  const contributions = voters.map((validator) => contributionOf(trace, { validator, miner: uid }));
  const incentive = at(trace.incentive, uid);
  const shares = incentive === 0n ? [] : apportion(contributions, Number(incentive));
  const votes = voters.map((validator, k) => ({
    ...voteOf(trace, { validator, miner: uid }),
    stake: proportion(at(trace.stake, validator)),
    activeStake: proportion(at(trace.activeStake, validator)),
    contribution: at(contributions, k),
    share: BigInt(shares[k] ?? 0),
  }));
  const consensus = proportion(at(trace.consensus, uid));
  return { uid, consensus, incentive: proportion(incentive), votes };
}

/**
 * A validator's weights against consensus.
 *
 * @param trace of the epoch to explain, see `epochTrace`.
 * @throws CoreError CORE_OUT_OF_RANGE for a uid the subnet does not have.
 */
export function explainValidator(trace: EpochTrace, uid: number): ValidatorExplanation {
  assertUid(trace, uid);
  const given = givenBy(trace, uid);
  const trust = at(trace.validatorTrust, uid);
  const miners = new Set(trace.weights.stored[uid]?.map(([miner]) => miner));
  return {
    uid,
    permit: trace.permits[uid] === true,
    stake: proportion(at(trace.stake, uid)),
    activeStake: proportion(at(trace.activeStake, uid)),
    given: proportion(given),
    trust: proportion(trust),
    lost: proportion(sub(given, trust)),
    dividends: proportion(at(trace.dividends, uid)),
    votes: [...miners].map((miner) => voteOf(trace, { validator: uid, miner })),
  };
}

/** The uids of validators that lose weight to clipping, the largest loss first, ties to the lower uid. */
export function outOfConsensus(trace: EpochTrace): number[] {
  const lost = trace.validatorTrust.map((trust, uid) => sub(givenBy(trace, uid), trust));
  const uids = [...lost.keys()].filter((uid) => at(lost, uid) > 0n);
  return uids.sort((a, b) => Number(at(lost, b) - at(lost, a)));
}

/** The uids of validators with active stake and no weight that counts: they vote 0 on everybody. */
export function silentValidators(trace: EpochTrace): number[] {
  const uids = [...trace.activeStake.keys()];
  return uids.filter((uid) => at(trace.activeStake, uid) > 0n && givenBy(trace, uid) === 0n);
}

function assertUid(trace: EpochTrace, uid: number): void {
  if (uid in trace.stake) return;
  const range = `0..${trace.stake.length - 1}`;
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name: "uid", value: String(uid), range });
}

function isHeard(trace: EpochTrace, validator: number, miner: number): boolean {
  const names = trace.weights.stored[validator]?.some(([uid]) => uid === miner) === true;
  return names || at(trace.activeStake, validator) > 0n;
}

function voteOf(trace: EpochTrace, pair: { validator: number; miner: number }): WeightVote {
  const weight = sum(entriesOf(trace.weights.normalised, pair));
  const clipped = sum(entriesOf(trace.clipped, pair));
  return {
    ...pair,
    ...storedWeight(trace.weights, pair),
    weight: proportion(weight),
    clipped: proportion(clipped),
    lost: sub(weight, clipped),
  };
}

function contributionOf(trace: EpochTrace, pair: { validator: number; miner: number }): Fixed {
  const stake = at(trace.activeStake, pair.validator);
  return entriesOf(trace.clipped, pair).reduce((total, clipped) => add(total, mul(clipped, stake)), 0n);
}

function givenBy(trace: EpochTrace, validator: number): Fixed {
  return sum((trace.weights.normalised[validator] ?? []).map(([, weight]) => weight));
}

function entriesOf(rows: FixedRows, pair: { validator: number; miner: number }): Fixed[] {
  return (rows[pair.validator] ?? []).filter(([uid]) => uid === pair.miner).map(([, value]) => value);
}

function proportion(bits: Fixed): Proportion {
  return { bits, u16: q16(bits) };
}
