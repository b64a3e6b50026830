import { createHash } from "node:crypto";
import fc from "fast-check";

/** Any seed of an episode. */
export const hexSeed = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("hex"));

/** As many different seeds as a test asks for, the same for the same name. */
export function seedsNamed(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => createHash("sha256").update(`${name} ${i}`).digest("hex"));
}
