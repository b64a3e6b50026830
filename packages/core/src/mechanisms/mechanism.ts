import type { z } from "zod";
import type { Preset } from "../schema/rules-document.ts";
import type { WeightVector } from "../schema/snapshot.ts";

/** What a mechanism says at a block. A vector may pay nobody and burn; `unknown` decides nothing, not even that. */
export type MechanismOutcome =
  | { readonly kind: "vector"; readonly vector: WeightVector }
  | {
      readonly kind: "unknown";
      /** One sentence for people: what is not known. */
      readonly reason: string;
    };

/** What a mechanism is asked. */
export type MechanismQuestion<Parameters, Inputs> = {
  /** Of one instance, as the signed rules state them. */
  readonly parameters: Parameters;
  /** Everything else the answer depends on: what miners did, what validators measured, what people decided. */
  readonly inputs: Inputs;
  /** The effect block: the finalised block at which an epoch will read the weights. */
  readonly block: number;
};

/**
 * How evaluations become weights. Write your own by giving the five members; nothing else of this package needs to
 * know about it, because vectors are mixed by instance, whatever decided them (`subnetOutcome`).
 *
 * What holds for each one, and what the shipped ones are tested for:
 * - Pure: no clock, no I/O, no randomness but a seed among the inputs. The same question gets the same answer on
 *   every machine, so decisions use + − × ÷ √ and exact integers only.
 * - The vector is by hotkey, never by uid; shares are whole ppb and sum to one (`vectorOf` makes such vectors).
 * - Unknown is not none: inputs that are missing because something failed give `unknown`, and the subnet keeps its last
 *   valid vector. Only what people or the rules decided may burn.
 * - The order of the inputs does not matter; ties go to the earlier receipt; better work never earns less.
 * - What is not finite, out of range or contradictory is refused with a `CoreError`, never repaired.
 */
export type Mechanism<Parameters, Inputs> = {
  /** As rules documents name it. */
  readonly name: string;
  /** Reads parameters from a document: integers, strings and booleans only, shares in ppb. */
  readonly parameters: z.ZodType<Parameters>;
  /** `source` does exactly what the defining document says, `assay` is hardened. */
  readonly presets: Readonly<Record<Preset, Parameters>>;
  /** Who holds the inputs: the backend, which signs the vector, or each validator, which keeps it to itself. */
  readonly decidedBy: "backend" | "validator";
  /**
   * The answer at a block.
   *
   * @throws CoreError for inputs that are refused.
   */
  readonly decide: (question: MechanismQuestion<Parameters, Inputs>) => MechanismOutcome;
};

/** A known answer. */
export function vectorOutcome(vector: WeightVector): MechanismOutcome {
  return { kind: "vector", vector };
}

/** The answer that there is none, and why. */
export function unknownOutcome(reason: string): MechanismOutcome {
  return { kind: "unknown", reason };
}
