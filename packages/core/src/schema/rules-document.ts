import { z } from "zod";
import {
  ChallengeParameters,
  CompetitionParameters,
  SubsetsParameters,
  TournamentParameters,
} from "./mechanism-parameters.ts";
import { Block, Mechid, Netuid, PPB, Ppb } from "./primitives.ts";

/** What happens to the share of a hotkey that is not registered when weights are sent. */
export const MissingPolicy = z.enum(["burn", "redistribute"]);

/** What an instance of any mechanism says about itself, besides the mechanism's own parameters. */
const common = {
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  share: Ppb,
  missing: MissingPolicy.default("burn"),
};

/** One instance of a mechanism, its parameters, and the share of the subnet it decides. */
export const MechanismInstance = z.discriminatedUnion("mechanism", [
  z.object({ ...common, mechanism: z.literal("competition"), ...CompetitionParameters.shape }),
  z.object({ ...common, mechanism: z.literal("tournament"), ...TournamentParameters.shape }),
  z.object({ ...common, mechanism: z.literal("challenge"), ...ChallengeParameters.shape }),
  z.object({ ...common, mechanism: z.literal("subsets"), ...SubsetsParameters.shape }),
]);
export type MechanismInstance = z.infer<typeof MechanismInstance>;

/** `assay` is hardened, `source` does exactly what the defining document says. */
export type Preset = MechanismInstance["preset"];

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
