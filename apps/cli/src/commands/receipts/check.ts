import { verifySignature } from "@assay/chain/wallet";
import {
  type Certificate,
  type CertificateBody,
  CodedError,
  openStatement,
  type Receipt,
  ReceiptBody,
  ResultReceiptBody,
} from "@assay/core";
import { z } from "zod";
import { openCertificate } from "../certified.ts";

/** What a receipt says, of a submission or of a result. */
export const AnyReceiptBody = z.discriminatedUnion("scheme", [ReceiptBody, ResultReceiptBody]);
export type AnyReceiptBody = z.infer<typeof AnyReceiptBody>;

/** A certificate whose signature holds, and what it says. */
export type OpenCertificate = CertificateBody & { readonly ownerHotkey: string };

/** What became of a receipt: what it says if its signature holds, and why it proves nothing if it does not. */
export type ReceiptVerdict = {
  readonly says: AnyReceiptBody | null;
  readonly key: string;
  /** The hotkey that has certified the key; that it owns the subnet is the chain's to say. */
  readonly certifiedBy: string | null;
  readonly problem: string | null;
};

/** Opens certificates; throws CORE_BAD_SIGNATURE and the like for one that does not hold. */
export function openAll(certificates: readonly Certificate[]): OpenCertificate[] {
  return certificates.map((one) => ({ ...openCertificate(one), ownerHotkey: one.ownerHotkey }));
}

/** Holds a receipt against the certificates of a backend; needs no chain and no backend. */
export function checkReceipt(receipt: Receipt, certificates: readonly OpenCertificate[]): ReceiptVerdict {
  const { key } = receipt;
  const says = opened(receipt);
  if (says instanceof CodedError)
    return {
      says: null,
      key,
      certifiedBy: null,
      problem: `its signature or text does not hold (${says.code})`,
    };
  const ofKey = certificates.filter((one) => one.key === key && one.netuid === says.netuid);
  const fitting = ofKey.find((one) => isInForce(one, says));
  if (fitting !== undefined) return { says, key, certifiedBy: fitting.ownerHotkey, problem: null };
  return { says, key, certifiedBy: null, problem: unfit(says, { key, ofKey }) };
}

function opened(receipt: Receipt): AnyReceiptBody | CodedError<{ code: string }> {
  try {
    return openStatement(receipt, { address: receipt.key, schema: AnyReceiptBody, verify: verifySignature });
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
}

/** The receipt of a submission names its block; that of a result names a time only, which no certificate speaks of. */
function isInForce({ fromBlock, untilBlock }: OpenCertificate, says: AnyReceiptBody): boolean {
  if (says.scheme === "assay-result-receipt-v1") return true;
  return fromBlock <= says.acceptedAtBlock && says.acceptedAtBlock < untilBlock;
}

function unfit(
  says: AnyReceiptBody,
  { key, ofKey }: { key: string; ofKey: readonly OpenCertificate[] },
): string {
  if (ofKey.length === 0) return `no certificate given here names ${key} for subnet ${says.netuid}`;
  return "it names a block in which its key was not certified";
}
