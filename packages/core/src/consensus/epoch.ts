import { activeMaskErrors, activeStake } from "./active-stake.ts";
import { activeMask } from "./activity.ts";
import { bondWeights } from "./bond-weights.ts";
import { storedBonds } from "./bonds.ts";
import { type OlderBonds, olderBonds } from "./bonds-older.ts";
import { type Yuma3Bonds, yuma3Bonds } from "./bonds-yuma3.ts";
import { checkEpochInput } from "./check.ts";
import { clip } from "./clip.ts";
import { consensus } from "./consensus.ts";
import { dividends } from "./dividends.ts";
import { amounts, type EmissionShares, emissionShares } from "./emission.ts";
import { type Fixed, prop, q16 } from "./fixed.ts";
import { incentive } from "./incentive.ts";
import { liquidAlphaOf } from "./liquid-alpha.ts";
import { topPermits, withOwnerPermit } from "./permits.ts";
import { stakeShares } from "./stake.ts";
import type { EpochInput, EpochOutput, FixedRows } from "./types.ts";
import { validatorTrust } from "./validator-trust.ts";
import { maskWeights, type WeightStages } from "./weights.ts";

/** Every intermediate value of one epoch, in order of computation; vectors have one value per uid. */
export type EpochTrace = {
  /** One per entry of LastUpdate. */
  readonly active: readonly boolean[];
  /** S. */
  readonly stake: readonly Fixed[];
  /** Permits in force during this epoch, the owner's set. */
  readonly permits: readonly boolean[];
  /** Permits for the next epoch. */
  readonly newPermits: readonly boolean[];
  /** A. */
  readonly activeStake: readonly Fixed[];
  readonly weights: WeightStages;
  /** C. */
  readonly consensus: readonly Fixed[];
  /** V. */
  readonly clipped: FixedRows;
  /** T. */
  readonly validatorTrust: readonly Fixed[];
  /** I. */
  readonly incentive: readonly Fixed[];
  readonly bondWeights: FixedRows;
  readonly bonds: OlderBonds | Yuma3Bonds;
  /** D. */
  readonly dividends: readonly Fixed[];
  readonly shares: EmissionShares;
  readonly logErrors: readonly string[];
};

/**
 * One Yuma epoch of one mechanism, bit-exact with the chain's sparse epoch.
 *
 * @param input state of the subnet at `input.block`.
 * @returns what the chain stores and pays.
 * @throws CoreError CORE_LENGTH_MISMATCH or CORE_OUT_OF_RANGE if the input contradicts itself; never for any
 *   state the chain can hold.
 * @see subtensor epoch/run_epoch.rs
 */
export function epoch(input: EpochInput): EpochOutput {
  return epochOutput(input, epochTrace(input));
}

/** The intermediate values of {@link epoch}, with the same errors. */
export function epochTrace(input: EpochInput): EpochTrace {
  checkEpochInput(input);
  const active = activeMask(input);
  const stake = stakeShares(input);
  const permits = withOwnerPermit(input.validatorPermit, input.ownerUid);
  const newPermits = withOwnerPermit(topPermits(stake, input.maxAllowedValidators), input.ownerUid);
  const A = activeStake(stake, { active, permits });
  const weights = maskWeights(input, permits);
  const W = weights.normalised;
  const C = consensus(W, { activeStake: A, kappa: prop(input.kappa) });
  const V = clip(W, C);
  const I = incentive(V, A);
  const forBonds = bondWeights(W, { clipped: V, penalty: prop(input.bondsPenalty) });
  const bonds = bondsOf(input, { weights: forBonds, activeStake: A, consensus: C, incentive: I });
  const D = dividends(bonds, { incentive: I, activeStake: A });
  return {
    active,
    stake,
    permits,
    newPermits,
    activeStake: A,
    weights,
    consensus: C,
    clipped: V,
    validatorTrust: validatorTrust(V),
    incentive: I,
    bondWeights: forBonds,
    bonds,
    dividends: D,
    shares: emissionShares({ incentive: I, dividends: D, activeStake: A, stake }),
    logErrors: activeMaskErrors(active, input.n),
  };
}

/** What the chain stores and pays, given the intermediate values of the same input. */
export function epochOutput(input: EpochInput, trace: EpochTrace): EpochOutput {
  return {
    active: trace.stake.map((_, uid) => trace.active[uid] ?? false),
    stakeWeight: trace.stake.map(q16),
    validatorPermit: trace.newPermits,
    consensus: trace.consensus.map(q16),
    incentive: trace.incentive.map(q16),
    dividends: trace.dividends.map(q16),
    validatorTrust: trace.validatorTrust.map(q16),
    emission: amounts(trace.shares.combined, input.raoEmission),
    serverEmission: amounts(trace.shares.server, input.raoEmission),
    validatorEmission: amounts(trace.shares.validator, input.raoEmission),
    bonds: storedBonds(trace.bonds.state, trace.newPermits),
    logErrors: trace.logErrors,
  };
}

function bondsOf(
  input: EpochInput,
  market: {
    weights: FixedRows;
    activeStake: readonly Fixed[];
    consensus: readonly Fixed[];
    incentive: readonly Fixed[];
  },
): OlderBonds | Yuma3Bonds {
  if (!input.yuma3) return olderBonds(input, market);
  return yuma3Bonds(input, { ...market, liquid: input.liquidAlpha ? liquidAlphaOf(input) : null });
}
