import { createHash } from "node:crypto";
import type { Competition, Receipt, Submission } from "@assay/core";
import { asking, type Registry } from "./registry.ts";

export type Accepted = { readonly submission: Submission; readonly receipt: Receipt };

/** Submits an agent; the same bytes again give the first submission and receipt. */
export function submit(
  registry: Registry,
  { competition, artefact, signal }: { competition: Competition; artefact: Uint8Array; signal: AbortSignal },
): Promise<Accepted> {
  const agent = {
    competitionId: competition.id,
    sha256: sha256Of(artefact),
    artefact: Buffer.from(artefact).toString("base64"),
  };
  return asking("the receipt", registry.submissions.create(agent), signal);
}

export function sha256Of(artefact: Uint8Array): string {
  return createHash("sha256").update(artefact).digest("hex");
}
