import { createHash, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { joinSecret } from "@assay/evaluator";
import { ValidatorError } from "../errors.ts";

/** The secret evaluators must bring, from its file. @throws VALIDATOR_SETTINGS_INVALID; the text is never shown. */
export function readJoinSecret(path: string): string {
  const secret = joinSecret(readFileSync(path, "utf8"));
  if (secret !== undefined) return secret;
  const problem = `ASSAY_JOIN_SECRET_FILE (--join-secret-file): ${path} does not hold 32 to 256 printable characters; make one with: openssl rand -hex 32`;
  throw new ValidatorError({ code: "VALIDATOR_SETTINGS_INVALID", problems: [problem] }, problem);
}

/** Whether a request brings the secret; the time it takes tells nothing about how much of it was right. */
export function bringsSecret(authorization: string | undefined, secret: string): boolean {
  return timingSafeEqual(digest(authorization ?? ""), digest(`Bearer ${secret}`));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
