import { CoreError } from "../errors.ts";
import { SnapshotBody } from "../schema/snapshot.ts";
import { assertInstances, backendInstances } from "../weights/instances.ts";
import { validUntil } from "./valid-until.ts";
import { vectorHash } from "./vector-hash.ts";

/** A body before its hash is known: the hash is taken of what the schema has read. */
const Unhashed = SnapshotBody.omit({ vectorHash: true });

/** What a snapshot is made from; the rest of its body follows. */
export type SnapshotInput = Omit<
  SnapshotBody,
  "scheme" | "validUntil" | "vectorHash" | "netuid" | "mechid"
> & {
  /** Blocks per epoch, read from chain. */
  readonly tempo: number;
  /** Epochs until a commit is revealed, 0 without commit-reveal. */
  readonly revealPeriodEpochs: number;
};

/**
 * The body of a snapshot, ready to be signed: subnet and mechanism are those of the rules, `validUntil` and
 * `vectorHash` are computed.
 *
 * @throws CoreError CORE_INSTANCE_MISMATCH, CORE_INVALID_DOCUMENT (also for rules not yet in force).
 */
export async function buildSnapshotBody(input: SnapshotInput): Promise<SnapshotBody> {
  const { tempo, revealPeriodEpochs, ...stated } = input;
  const { rules, block } = stated;
  const parsed = Unhashed.safeParse({
    ...stated,
    scheme: "assay-snapshot-v1",
    netuid: rules.netuid,
    mechid: rules.mechid,
    validUntil: validUntil({ block, tempo, revealPeriodEpochs }),
  });
  if (!parsed.success) throw invalidDocument(parsed.error.issues[0]);
  assertConsistent(parsed.data);
  return { ...parsed.data, vectorHash: await vectorHash(parsed.data.rules, parsed.data.instances) };
}

/**
 * Refuses a body whose rules are not of its subnet, not yet in force, or name other instances. Those that every
 * validator decides for itself have no vector in a snapshot, see {@link backendInstances}. Every competition must have
 * one; a tournament or subsets may be missing, which says that it is unknown, not that it pays nobody.
 */
export function assertConsistent({
  netuid,
  mechid,
  block,
  rules,
  instances,
}: Omit<SnapshotBody, "vectorHash">): void {
  if (rules.netuid !== netuid || rules.mechid !== mechid)
    throw invalidDocument({ path: ["rules"], message: "the rules are those of another subnet or mechanism" });
  if (rules.fromBlock > block)
    throw invalidDocument({ path: ["rules", "fromBlock"], message: "the rules are not yet in force" });
  assertSigned(
    rules,
    instances.map(({ id }) => id),
  );
}

function assertSigned(
  rules: Pick<SnapshotBody["rules"], "burn" | "instances">,
  given: readonly string[],
): void {
  const expected = backendInstances(rules).filter(
    ({ id, mechanism }) => mechanism === "competition" || given.includes(id),
  );
  assertInstances({ burn: rules.burn, instances: expected }, given);
}

function invalidDocument(issue: { path: readonly PropertyKey[]; message: string } | undefined): CoreError {
  const path = issue?.path.join(".") ?? "";
  return new CoreError({ code: "CORE_INVALID_DOCUMENT", path, reason: issue?.message ?? "" });
}
