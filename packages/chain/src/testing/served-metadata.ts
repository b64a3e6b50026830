import { readFileSync } from "node:fs";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** File of the metadata that devnets serve in this run; null or absent for their own. */
    servedMetadata: string | null;
  }
}

/** What a devnet of the tests is started with, so that each of them runs under its own and the recorded metadata. */
export const SERVED_METADATA: { readonly metadata?: Uint8Array } = read(inject("servedMetadata"));

function read(file: string | null | undefined): { metadata?: Uint8Array } {
  return typeof file === "string" ? { metadata: new Uint8Array(readFileSync(file)) } : {};
}
