import { z } from "zod";
import type { EpochInput } from "../consensus/types.ts";
import { CoreError } from "../errors.ts";
import { Uid } from "./primitives.ts";

const U64_MAX = (1n << 64n) - 1n;
/** Stake is summed as I64F64, whose whole part has 63 bits. */
const MAX_TOTAL_STAKE = (1n << 63n) - 1n;

const U16 = z.int().min(0).max(65_535);
const I16 = z.int().min(-32_768).max(32_767);
/** Heights and counts of blocks; u64 on chain, far below 2^53 in practice. */
const Blocks = z.int().min(0);
/** u64: a number below 2^53 or, at any size, a decimal string. */
const Amount = z
  .custom<number | string>(isWhole, "expected a whole number, as a decimal string from 2^53 on")
  .transform(BigInt)
  .refine((amount) => amount <= U64_MAX, "expected at most 2^64 - 1");
const Row = z.array(z.tuple([Uid, U16]));

const PER_UID = ["stake", "block_at_registration", "validator_permit", "weights", "bonds"] as const;

const Fields = z.strictObject({
  n: U16,
  block: Blocks,
  tempo: U16,
  activity_cutoff_blocks: Blocks,
  last_epoch_run_block: Blocks,
  stake_threshold: Amount,
  max_allowed_validators: U16,
  kappa: U16,
  bonds_penalty: U16,
  bonds_moving_average: z.int().min(0),
  liquid_alpha: z.boolean(),
  alpha_low: U16,
  alpha_high: U16,
  alpha_sigmoid_steepness: I16,
  yuma3: z.boolean(),
  owner_uid: Uid.nullable(),
  rao_emission: Amount,
  stake: z.array(Amount),
  last_update: z.array(Blocks),
  block_at_registration: z.array(Blocks),
  validator_permit: z.array(z.boolean()),
  weights: z.array(Row),
  bonds: z.array(Row),
  commit_reveal: z.boolean().default(false),
  live_commit_block: z.array(Blocks.nullable()).optional(),
});
type Fields = z.infer<typeof Fields>;

/**
 * `input` of an epoch file: the fields of `EpochInput` in snake_case, read into it.
 *
 * `commit_reveal` and `live_commit_block` may be left out: off, and no live commits.
 */
const EpochInputJson = Fields.transform((fields, context): EpochInput => {
  for (const field of PER_UID) refuseLength(context, { field, actual: fields[field].length, n: fields.n });
  const commits = fields.live_commit_block?.length ?? fields.n;
  refuseLength(context, { field: "live_commit_block", actual: commits, n: fields.n });
  if (fields.stake.reduce((sum, stake) => sum + stake, 0n) > MAX_TOTAL_STAKE)
    context.addIssue({ code: "custom", path: ["stake"], message: "expected a sum of at most 2^63 - 1" });
  return epochInput(fields);
});

const EpochCase = z.object({ input: EpochInputJson });
const CaseFile = z.object({ cases: z.array(z.unknown()) });
const StepFile = z.object({ epoch_cases: z.array(z.object({ steps: z.array(z.unknown()) })) });

/**
 * The inputs of an epoch file, in its order.
 *
 * A file is one `{ "input": … }`, an array of them, or a vector file (`{ "cases": [{ input }] }`,
 * `{ "epoch_cases": [{ "steps": [{ input }] }] }`); other keys beside `input` are ignored.
 *
 * @param document the parsed JSON.
 * @throws CoreError CORE_INVALID_DOCUMENT with the path of the first field that is wrong.
 */
export function parseEpochFile(document: unknown): EpochInput[] {
  return listCases(document).map(({ path, value }) => {
    const parsed = EpochCase.safeParse(value);
    if (!parsed.success) throw invalid(path, parsed.error.issues[0]);
    return parsed.data.input;
  });
}

function isWhole(value: unknown): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0;
  return typeof value === "string" && /^(0|[1-9]\d{0,19})$/.test(value);
}

type Located = { readonly path: readonly PropertyKey[]; readonly value: unknown };

function listCases(document: unknown): Located[] {
  if (Array.isArray(document)) return locate(document, []);
  const steps = StepFile.safeParse(document);
  if (steps.success)
    return steps.data.epoch_cases.flatMap((item, i) => locate(item.steps, ["epoch_cases", i, "steps"]));
  const cases = CaseFile.safeParse(document);
  return cases.success ? locate(cases.data.cases, ["cases"]) : [{ path: [], value: document }];
}

function locate(values: readonly unknown[], path: readonly PropertyKey[]): Located[] {
  return values.map((value, i) => ({ path: [...path, i], value }));
}

function invalid(path: readonly PropertyKey[], issue: z.core.$ZodIssue | undefined): CoreError {
  const where = [...path, ...(issue?.path ?? [])].map(String).join(".");
  const reason = issue?.message ?? "not an epoch input";
  const message = `the epoch file is not valid at ${where === "" ? "its top" : where}: ${reason}`;
  return new CoreError({ code: "CORE_INVALID_DOCUMENT", path: where, reason }, message);
}

function refuseLength(
  context: z.RefinementCtx,
  { field, actual, n }: { field: string; actual: number; n: number },
): void {
  if (actual === n) return;
  context.addIssue({ code: "custom", path: [field], message: `expected n = ${n} entries, not ${actual}` });
}

function epochInput(json: Fields): EpochInput {
  return {
    n: json.n,
    block: json.block,
    tempo: json.tempo,
    activityCutoffBlocks: json.activity_cutoff_blocks,
    lastEpochRunBlock: json.last_epoch_run_block,
    stakeThreshold: json.stake_threshold,
    maxAllowedValidators: json.max_allowed_validators,
    kappa: json.kappa,
    bondsPenalty: json.bonds_penalty,
    bondsMovingAverage: json.bonds_moving_average,
    liquidAlpha: json.liquid_alpha,
    alphaLow: json.alpha_low,
    alphaHigh: json.alpha_high,
    alphaSigmoidSteepness: json.alpha_sigmoid_steepness,
    yuma3: json.yuma3,
    ownerUid: json.owner_uid,
    raoEmission: json.rao_emission,
    stake: json.stake,
    lastUpdate: json.last_update,
    blockAtRegistration: json.block_at_registration,
    validatorPermit: json.validator_permit,
    weights: json.weights,
    bonds: json.bonds,
    commitReveal: json.commit_reveal,
    liveCommitBlock: json.live_commit_block ?? json.stake.map(() => null),
  };
}
