import { U16_MAX } from "../consensus/fixed.ts";
import { PPB } from "../schema/primitives.ts";
import type { RulesDocument } from "../schema/rules-document.ts";
import { apportion } from "./largest-remainder.ts";

/** A subnet whose instances are mechanisms of the chain's own. */
export type MechidAllocation = {
  /** MechanismEmissionSplit as the owner sets it: u16 by mechid, sum exactly 65,535. */
  readonly split: readonly number[];
  /** The rules of each mechid: one instance that decides all of it. */
  readonly documents: readonly RulesDocument[];
};

/**
 * Lets the chain divide the emission instead of the vector: instance k of the rules becomes mechid k.
 *
 * Each mechid gets its own rules document, its own row and its own consensus, so one instance's validators cannot
 * outvote another's, and an unknown instance holds up nobody else. The split has the instances' shares by largest
 * remainder; the burn share stays with each document, so that the subnet burns as much as if the vectors were mixed.
 *
 * @param rules of the subnet as a whole; their mechid is replaced.
 * @see `splitEmissions` for what the chain does with the split; it allows 16 mechanisms by type, fewer by setting.
 */
export function allocationByMechid(rules: RulesDocument): MechidAllocation {
  const shares = rules.instances.map(({ share }) => BigInt(share));
  return {
    split: apportion(shares, U16_MAX),
    documents: rules.instances.map((instance, mechid) => ({
      ...rules,
      mechid,
      instances: [{ ...instance, share: PPB }],
    })),
  };
}
