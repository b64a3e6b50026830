import { openStatement, type Receipt, ReceiptBody, sha256Hex, type VerifySignature } from "@assay/core";
import { fromBase64, toBase64 } from "./base64.ts";
import { ClientError } from "./errors.ts";
import type { CallOptions } from "./http.ts";
import type { Facade } from "./procedures.ts";
import type { Settings } from "./settings.ts";

export type SubmitOptions = CallOptions & {
  /** Checks the receipt's signature and content; without it the receipt is returned unread. */
  verify?: VerifySignature;
  /** Key that must have signed the receipt: the backend's `snapshotKey`, once its certificate was checked. */
  backendKey?: string;
};

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
      if (verify !== undefined) checkReceipt(accepted.receipt, { verify, backendKey, expected });
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

type Expectation = {
  verify: VerifySignature;
  backendKey: string | undefined;
  expected: Pick<ReceiptBody, "netuid" | "competitionId" | "sha256" | "hotkey">;
};

function checkReceipt(receipt: Receipt, { verify, backendKey = receipt.key, expected }: Expectation): void {
  assertField("key", { expected: backendKey, actual: receipt.key });
  const body = openReceipt(receipt, verify);
  for (const field of ["netuid", "competitionId", "sha256", "hotkey"] as const)
    assertField(field, { expected: expected[field], actual: body[field] });
}

function openReceipt(receipt: Receipt, verify: VerifySignature): ReceiptBody {
  try {
    return openStatement(receipt, { address: receipt.key, schema: ReceiptBody, verify });
  } catch (cause) {
    const expected = `a receipt signed by ${receipt.key}`;
    throw badReceipt({ field: "signature", expected, actual: receipt.signature }, cause);
  }
}

function assertField(
  field: string,
  { expected, actual }: Record<"expected" | "actual", string | number>,
): void {
  if (expected !== actual) throw badReceipt({ field, expected: String(expected), actual: String(actual) });
}

function badReceipt(
  facts: { field: string; expected: string; actual: string },
  cause?: unknown,
): ClientError {
  return new ClientError({ code: "CLIENT_BAD_RECEIPT", ...facts }, undefined, { cause });
}
