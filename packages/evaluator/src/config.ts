import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "@assay/core";
import { EvaluatorError } from "./errors.ts";

/** SHA-256 of the canonical JSON of a complete task configuration, lower-case hex. */
export function configHashOf(config: Json): string {
  return createHash("sha256").update(canonicalJson(config)).digest("hex");
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };
type Parsed<T> =
  | { success: true; data: T }
  | { success: false; error: { readonly issues: readonly Issue[] } };
type Schema<T> = { safeParse(value: unknown): Parsed<T> };

/** Fills a task's defaults and refuses what its schema does not know. */
export function parseConfig<T>(task: string, { schema, config }: { schema: Schema<T>; config: unknown }): T {
  const parsed = schema.safeParse(config);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new EvaluatorError({
    code: "EVALUATOR_CONFIG_INVALID",
    task,
    path: issue?.path.join(".") ?? "",
    reason: issue?.message ?? "",
  });
}
