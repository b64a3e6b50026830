import { z } from "zod";
import { Block, Mechid, Netuid, PPB, Ppb } from "./primitives.ts";

/** What happens to the share of a hotkey that is not registered when weights are sent. */
export const MissingPolicy = z.enum(["burn", "redistribute"]);
/** What happens to the points of a competition without leader. */
export const UnledPolicy = z.enum(["redistribute", "burn"]);

/** One instance of a mechanism and the share of the subnet it decides. */
export const MechanismInstance = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  mechanism: z.literal("competition"),
  preset: z.enum(["assay", "source"]).default("assay"),
  share: Ppb,
  missing: MissingPolicy.default("burn"),
  unled: UnledPolicy.default("redistribute"),
});
export type MechanismInstance = z.infer<typeof MechanismInstance>;

/** The rules of a subnet; shares of the instances sum to one, `burn` is taken from the whole first. */
export const RulesDocument = z
  .object({
    scheme: z.literal("assay-rules-v1"),
    netuid: Netuid,
    mechid: Mechid,
    fromBlock: Block,
    /** u64 as decimal text: the version key sent with the weights. */
    versionKey: z.string().regex(/^(0|[1-9]\d{0,19})$/),
    minValidatorVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
    burn: Ppb,
    instances: z.array(MechanismInstance).min(1).max(16),
  })
  .refine((rules) => rules.instances.reduce((sum, { share }) => sum + share, 0) === PPB, {
    message: "the shares of the instances must sum to 1,000,000,000",
    path: ["instances"],
  })
  .refine((rules) => new Set(rules.instances.map(({ id }) => id)).size === rules.instances.length, {
    message: "two instances have the same id",
    path: ["instances"],
  });
export type RulesDocument = z.infer<typeof RulesDocument>;
