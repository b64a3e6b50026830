import { readFile } from "node:fs/promises";
import { verifySignature } from "@assay/chain/wallet";
import { Certificate, CertificateBody, CodedError, openStatement } from "@assay/core";
import { BackendError } from "./errors.ts";

export type CertificateUse = {
  readonly file: string;
  /** Address of the key that is to sign snapshots. */
  readonly key: string;
  readonly genesis: string;
  readonly netuid: number;
};

/** Reads the subnet owner's certificate of the snapshot key; API_CERTIFICATE_INVALID if it is not for this use. */
export async function readCertificate(use: CertificateUse): Promise<Certificate> {
  try {
    const certificate = Certificate.parse(JSON.parse(await readFile(use.file, "utf8")));
    assertFits(openBody(certificate), use);
    return certificate;
  } catch (error) {
    if (error instanceof BackendError) throw error;
    throw invalid(use.file, error instanceof Error ? error.message : String(error));
  }
}

function openBody(certificate: Certificate): CertificateBody {
  const { ownerHotkey: address } = certificate;
  try {
    return openStatement(certificate, { address, schema: CertificateBody, verify: verifySignature });
  } catch (error) {
    if (error instanceof CodedError)
      throw new Error(`it is not signed by ${address} (${error.code})`, { cause: error });
    throw error;
  }
}

function assertFits(body: CertificateBody, { file, ...use }: CertificateUse): void {
  for (const field of ["genesis", "netuid", "key"] as const)
    if (body[field] !== use[field])
      throw invalid(file, `its ${field} is ${body[field]}, but this backend's is ${use[field]}`);
}

function invalid(file: string, problem: string): BackendError {
  return new BackendError(
    { code: "API_CERTIFICATE_INVALID", file, problem },
    `The certificate ${file} cannot be used: ${problem}`,
  );
}
