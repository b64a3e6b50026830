import { createHash, randomBytes } from "node:crypto";
import { formatToken, parseToken } from "@assay/core";
import { newId } from "@assay/db";

const DAY_MS = 86_400_000;

/** A new key's id, token and the hash by which alone it is stored. */
export function newSecret(): { id: string; token: string; secretHash: string } {
  const id = newId("key");
  const token = formatToken(id, randomBytes(32));
  const secretHash = createHash("sha256")
    .update(parseToken(token)?.secret ?? "")
    .digest("hex");
  return { id, token, secretHash };
}

/** The moment so many days later. */
export function daysAfter(moment: Date, days: number): Date {
  return new Date(moment.getTime() + days * DAY_MS);
}
