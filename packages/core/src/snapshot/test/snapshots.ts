import type { Signer } from "../../canonical/statement.ts";
import { signingKey, verifySignature } from "../../canonical/test/signing-key.ts";
import { RulesDocument } from "../../schema/rules-document.ts";
import type { CertificateBody, SignedSnapshot, SnapshotBody } from "../../schema/snapshot.ts";
import { buildSnapshotBody, type SnapshotInput } from "../build.ts";
import type { OpenInput } from "../open.ts";
import { signCertificate, signSnapshot } from "../sign.ts";

export const GENESIS = `0x${"ab".repeat(32)}`;
export const LEADER = `5${"L".repeat(47)}`;

/** Rules of subnet 7 with one competition instance, changed as given. */
export function rulesOf(changes: Partial<RulesDocument> = {}): RulesDocument {
  return RulesDocument.parse({
    scheme: "assay-rules-v1",
    netuid: 7,
    mechid: 0,
    fromBlock: 100,
    versionKey: "0",
    minValidatorVersion: "0.1.0",
    burn: 0,
    instances: [{ id: "agents", mechanism: "competition", share: 1_000_000_000 }],
    ...changes,
  });
}

/** What the snapshot of these tests is made from, changed as given. */
export function snapshotInput(changes: Partial<SnapshotInput> = {}): SnapshotInput {
  const vector = {
    policy: "leaders" as const,
    entries: [{ hotkey: LEADER, share: 1_000_000_000 }],
    burn: 0,
  };
  return {
    genesis: GENESIS,
    version: 3,
    block: 1000,
    forEpoch: 2,
    onExpiry: "stop",
    rules: rulesOf(),
    instances: [{ id: "agents", vector, inputsHash: "cd".repeat(32), decisions: [] }],
    tempo: 360,
    revealPeriodEpochs: 0,
    ...changes,
  };
}

/** An owner, an authority the owner certified, and what a validator of that subnet knows. */
export type Subnet = {
  readonly owner: Signer;
  readonly authority: Signer;
  readonly certificateBody: CertificateBody;
  readonly known: Omit<OpenInput, "signed">;
};

export function newSubnet(): Subnet {
  const [owner, authority] = [signingKey(), signingKey()];
  const certificateBody = {
    scheme: "assay-certificate-v1" as const,
    genesis: GENESIS,
    netuid: 7,
    key: authority.address,
    fromBlock: 500,
    untilBlock: 5000,
  };
  const known = {
    verify: verifySignature,
    ownerHotkey: owner.address,
    genesis: GENESIS,
    netuid: 7,
    mechid: 0,
    block: 1010,
  };
  return { owner, authority, certificateBody, known };
}

/** A snapshot of the subnet as it travels; body and certificate changed as given before they are signed. */
export async function signedSnapshot(
  { owner, authority, certificateBody }: Subnet,
  changes: { body?: Partial<SnapshotBody>; certificate?: Partial<CertificateBody>; signer?: Signer } = {},
): Promise<SignedSnapshot> {
  const certificate = await signCertificate({ ...certificateBody, ...changes.certificate }, owner);
  const body = { ...(await buildSnapshotBody(snapshotInput())), ...changes.body };
  return signSnapshot(body, { signer: changes.signer ?? authority, certificate });
}
