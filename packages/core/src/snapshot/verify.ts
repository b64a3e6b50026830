import { canonicalJson, type Json } from "../canonical/canonical-json.ts";
import { sha256Hex } from "../canonical/sha256.ts";
import { CoreError } from "../errors.ts";
import type { SnapshotBody } from "../schema/snapshot.ts";
import { SnapshotInputs } from "../schema/snapshot-inputs.ts";
import { type RecomputedSnapshot, recomputeSnapshot } from "./recompute.ts";

/**
 * Computes a snapshot again from its published inputs and holds the two against each other, field by field.
 *
 * That the body is by whom it should be is `openSnapshot`'s to say; that the inputs are true to the chain (owner,
 * registered hotkeys, tempo) is the caller's to check. The head of the audit log is stated, not computed.
 *
 * @param body an opened snapshot.
 * @param inputs the published text; its SHA-256 must be the `inputsHash` of every instance of the body.
 * @returns what the inputs give, equal to the body but for `auditHead`, which it lacks.
 * @throws CoreError CORE_SNAPSHOT_INPUTS naming the first field that differs, CORE_INVALID_DOCUMENT for a text that is
 *   no inputs, CORE_NOT_CANONICAL for one that is not their canonical spelling; also what `recomputeSnapshot` throws.
 */
export async function verifySnapshot(body: SnapshotBody, inputs: string): Promise<RecomputedSnapshot> {
  const hash = await sha256Hex(inputs);
  for (const { id, inputsHash } of body.instances)
    if (inputsHash !== hash) throw differs(`instances.${id}.inputsHash`, [inputsHash, hash]);
  const recomputed = await recomputeSnapshot(readInputs(inputs), body.version);
  assertSame(body, recomputed.body);
  return recomputed;
}

function readInputs(text: string): SnapshotInputs {
  const parsed = SnapshotInputs.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(issue?.path.join(".") ?? "", issue?.message ?? "");
  }
  if (canonicalJson(parsed.data) !== text)
    throw new CoreError({ code: "CORE_NOT_CANONICAL", path: "$", found: "another spelling of the inputs" });
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("", "the inputs are no JSON");
  }
}

function assertSame(stated: SnapshotBody, computed: SnapshotBody): void {
  const fields = new Set([...Object.keys(stated), ...Object.keys(computed)]);
  fields.delete("auditHead");
  for (const field of [...fields].toSorted()) {
    const texts: [string, string] = [textOf(stated, field), textOf(computed, field)];
    if (texts[0] !== texts[1]) throw differs(field, texts);
  }
}

function textOf(body: { readonly [field: string]: Json }, field: string): string {
  return canonicalJson(body[field] ?? null);
}

function differs(field: string, [stated, computed]: [string, string]): CoreError {
  const facts = { field, stated: stated.slice(0, 500), computed: computed.slice(0, 500) };
  const message = `The snapshot does not follow from its inputs: ${field} differs.`;
  return new CoreError({ code: "CORE_SNAPSHOT_INPUTS", ...facts }, message);
}

function invalid(path: string, reason: string): CoreError {
  return new CoreError({ code: "CORE_INVALID_DOCUMENT", path, reason });
}
