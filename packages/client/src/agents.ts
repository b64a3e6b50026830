import { ReceiptBody, sha256Hex } from "@assay/core";
import { fromBase64, toBase64 } from "./base64.ts";
import { ClientError } from "./errors.ts";
import type { CallOptions } from "./http.ts";
import type { Facade } from "./procedures.ts";
import { checkReceipt, type ReceiptOptions } from "./receipt.ts";
import type { Settings } from "./settings.ts";

export type SubmitOptions = CallOptions & ReceiptOptions;

type Accepted = Awaited<ReturnType<Facade["submissions"]["create"]>>;

/** Submits an agent and returns the backend's signed word for it; submitting it again returns the first. */
export type SubmitAgent = (
  bytes: Uint8Array,
  competitionId: string,
  options?: SubmitOptions,
) => Promise<Accepted>;

/** The bytes of an agent, which are what their hash says. */
export type FetchAgent = (sha256: string, options?: CallOptions) => Promise<Uint8Array>;

export function agentVerbs(
  { submissions, artefacts }: Facade,
  { signer, netuid }: Settings,
): { submitAgent: SubmitAgent; fetchAgent: FetchAgent } {
  return {
    async submitAgent(bytes, competitionId, { verify, backendKey, signal } = {}) {
      const sha256 = await sha256Hex(bytes);
      const input = { competitionId, sha256, artefact: toBase64(bytes) };
      const accepted = await submissions.create(input, { signal });
      const expected = { netuid, competitionId, sha256, hotkey: signer?.address ?? "" };
      checkReceipt(accepted.receipt, { schema: ReceiptBody, verify, backendKey, expected });
      return accepted;
    },
    async fetchAgent(expected, { signal } = {}) {
      const { artefact } = await artefacts.get({ sha256: expected }, { signal });
      const bytes = fromBase64(artefact);
      const actual = await sha256Hex(bytes);
      if (actual !== expected) throw new ClientError({ code: "CLIENT_ARTEFACT_MISMATCH", expected, actual });
      return bytes;
    },
  };
}
