import { signerFromUri } from "@assay/chain/wallet";
import {
  buildSnapshotBody,
  type CertificateBody,
  PPB,
  type RulesDocument,
  type SignedSnapshot,
  type Signer,
  type SnapshotBody,
  signCertificate,
  signSnapshot,
  type WeightVector,
} from "@assay/core";

/** The subnet a test is about. */
export type Subnet = { readonly genesis: string; readonly netuid: number; readonly mechid: number };

/** What a test wants to say about one snapshot; the rest is a valid one. */
export type SnapshotAbout = Partial<Pick<SnapshotBody, "version" | "block" | "onExpiry">> & {
  readonly vector?: WeightVector;
  readonly rules?: Partial<RulesDocument>;
  /** Changes to the body after it was built, before it is signed. */
  readonly forged?: Partial<SnapshotBody>;
  readonly certificate?: Partial<CertificateBody>;
  readonly owner?: Signer;
  readonly key?: Signer;
};

/** Pays one hotkey everything. */
export function winner(hotkey: string): WeightVector {
  return { policy: "leaders", entries: [{ hotkey, share: PPB }], burn: 0 };
}

export const EVERYTHING_BURNS: WeightVector = { policy: "burn", entries: [], burn: PPB };

/** A subnet owner and its snapshot key: they sign with real keys what a test describes. */
export async function createAuthority(subnet: Subnet, ownerUri = "//Owner") {
  const owner = await signerFromUri(ownerUri);
  const key = await signerFromUri("//SnapshotKey");
  const sign = (about: SnapshotAbout = {}) => signAs(subnet, { owner, key }, about);
  return { owner, key, sign };
}

async function signAs(
  subnet: Subnet,
  keys: { owner: Signer; key: Signer },
  about: SnapshotAbout,
): Promise<SignedSnapshot> {
  const { owner = keys.owner, key = keys.key } = about;
  const { genesis, netuid } = subnet;
  const body = { ...(await bodyOf(subnet, about)), ...about.forged };
  const certified = { genesis, netuid, key: keys.key.address, fromBlock: 0, untilBlock: 1_000_000 };
  const statement = { scheme: "assay-certificate-v1" as const, ...certified, ...about.certificate };
  return signSnapshot(body, { signer: key, certificate: await signCertificate(statement, owner) });
}

function bodyOf({ genesis, netuid, mechid }: Subnet, about: SnapshotAbout): Promise<SnapshotBody> {
  const rules: RulesDocument = {
    scheme: "assay-rules-v1",
    netuid,
    mechid,
    fromBlock: 0,
    versionKey: "0",
    minValidatorVersion: "0.1.0",
    burn: 0,
    instances: [
      {
        id: "main",
        mechanism: "competition",
        preset: "assay",
        share: PPB,
        missing: "burn",
        unled: "redistribute",
      },
    ],
    ...about.rules,
  };
  return buildSnapshotBody({
    genesis,
    version: about.version ?? 1,
    block: about.block ?? 1,
    forEpoch: 0,
    onExpiry: about.onExpiry ?? "stop",
    rules,
    instances: [
      { id: "main", vector: about.vector ?? EVERYTHING_BURNS, inputsHash: "33".repeat(32), decisions: [] },
    ],
    tempo: 40,
    revealPeriodEpochs: 0,
  });
}
