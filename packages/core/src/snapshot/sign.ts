import { type Signer, signStatement } from "../canonical/statement.ts";
import type { Certificate, CertificateBody, SignedSnapshot, SnapshotBody } from "../schema/snapshot.ts";

/**
 * Signs a snapshot as it travels: version, canonical body, signature and the certificate of the signing key.
 *
 * @param signer the certified key.
 */
export async function signSnapshot(
  body: SnapshotBody,
  { signer, certificate }: { signer: Signer; certificate: Certificate },
): Promise<SignedSnapshot> {
  const signed = await signStatement(body, signer);
  return { version: body.version, ...signed, key: signer.address, certificate };
}

/**
 * Signs the certificate that lets `body.key` sign snapshots of one subnet.
 *
 * @param signer the subnet owner's hotkey.
 */
export async function signCertificate(body: CertificateBody, signer: Signer): Promise<Certificate> {
  const signed = await signStatement(body, signer);
  return { ...signed, ownerHotkey: signer.address };
}
