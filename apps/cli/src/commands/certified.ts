import { verifySignature } from "@assay/chain/wallet";
import { type Certificate, CertificateBody, openStatement } from "@assay/core";
import { CliError } from "../errors.ts";

/** Opens a certificate that holds by itself; whether its signer owns the subnet is the chain's to say. */
export function openCertificate(certificate: Certificate): CertificateBody {
  const { ownerHotkey: address } = certificate;
  return openStatement(certificate, { address, schema: CertificateBody, verify: verifySignature });
}

/** The key, if it is the one that a certificate names. Throws CLI_KEY_NOT_CERTIFIED. */
export function certifiedKey(certificate: Certificate, key: string): string {
  const { key: certified } = openCertificate(certificate);
  if (certified === key) return key;
  const message = `it is signed by ${key}, but ${certificate.ownerHotkey} certified ${certified}`;
  throw new CliError({ code: "CLI_KEY_NOT_CERTIFIED", key, certified }, message);
}
