import { openStatement, type VerifySignature } from "../canonical/statement.ts";
import { CoreError } from "../errors.ts";
import { CertificateBody, type SignedSnapshot, SnapshotBody } from "../schema/snapshot.ts";
import { assertConsistent } from "./build.ts";
import { vectorHash } from "./vector-hash.ts";

/** What a snapshot is held against; everything but the snapshot is the validator's own knowledge. */
export type OpenInput = {
  readonly signed: SignedSnapshot;
  readonly verify: VerifySignature;
  /** SubnetOwnerHotkey as read from chain. */
  readonly ownerHotkey: string;
  /** Hash of block 0 of the chain the validator is connected to. */
  readonly genesis: string;
  readonly netuid: number;
  readonly mechid: number;
  /** Finalised block now: the certificate must be in force at it. */
  readonly block: number;
};

/**
 * Opens a signed snapshot: what a validator may act on, or a refusal by code.
 *
 * In order: the certificate is by the subnet's owner (CORE_CERTIFICATE_OWNER, CORE_BAD_SIGNATURE), for this chain and
 * subnet (CORE_CERTIFICATE_SCOPE), in force at `block`, fromBlock ≤ block < untilBlock (CORE_CERTIFICATE_PERIOD), for
 * the key that signed (CORE_CERTIFICATE_KEY); the snapshot's signature holds (CORE_BAD_SIGNATURE,
 * CORE_INVALID_DOCUMENT, CORE_NOT_CANONICAL), it is for this chain, subnet and mechanism (CORE_SNAPSHOT_SCOPE), its
 * version is the one outside (CORE_SNAPSHOT_VERSION), its rules and instances agree (CORE_INVALID_DOCUMENT,
 * CORE_INSTANCE_MISMATCH) and give its hash (CORE_SNAPSHOT_HASH).
 *
 * Whether its version is new and what to do past `validUntil` is the caller's to decide.
 *
 * @throws CoreError with one of these codes.
 */
export async function openSnapshot(input: OpenInput): Promise<SnapshotBody> {
  const { signed, verify } = input;
  assertCertified(input);
  const body = openStatement(signed, { address: signed.key, schema: SnapshotBody, verify });
  assertMeant(body, input);
  assertConsistent(body);
  const computed = await vectorHash(body.rules, body.instances);
  if (computed === body.vectorHash) return body;
  const facts = { code: "CORE_SNAPSHOT_HASH", stated: body.vectorHash, computed } as const;
  throw new CoreError(facts, "The snapshot's vectors are not those its hash was taken of.");
}

function assertCertified({ signed, verify, ownerHotkey, genesis, netuid, block }: OpenInput): void {
  const { certificate, key } = signed;
  if (certificate.ownerHotkey !== ownerHotkey) {
    const facts = { certifiedBy: certificate.ownerHotkey, owner: ownerHotkey };
    const message = `The certificate is by ${certificate.ownerHotkey}, but the subnet's owner is ${ownerHotkey}.`;
    throw new CoreError({ code: "CORE_CERTIFICATE_OWNER", ...facts }, message);
  }
  const certified = openStatement(certificate, { address: ownerHotkey, schema: CertificateBody, verify });
  if (certified.genesis !== genesis || certified.netuid !== netuid) {
    const facts = { genesis: certified.genesis, netuid: certified.netuid };
    const message = `The certificate is for subnet ${facts.netuid} of chain ${facts.genesis}.`;
    throw new CoreError({ code: "CORE_CERTIFICATE_SCOPE", ...facts }, message);
  }
  const { fromBlock, untilBlock } = certified;
  if (block < fromBlock || block >= untilBlock) {
    const message = `The certificate is in force from block ${fromBlock} until ${untilBlock}, not at ${block}.`;
    throw new CoreError({ code: "CORE_CERTIFICATE_PERIOD", fromBlock, untilBlock, block }, message);
  }
  if (certified.key !== key) {
    const message = `The snapshot is signed by ${key}, but the owner certified ${certified.key}.`;
    throw new CoreError({ code: "CORE_CERTIFICATE_KEY", certified: certified.key, key }, message);
  }
}

function assertMeant(body: SnapshotBody, { signed, ...input }: OpenInput): void {
  const { genesis, netuid, mechid, version } = body;
  if (genesis !== input.genesis || netuid !== input.netuid || mechid !== input.mechid) {
    const message = `The snapshot is for mechanism ${mechid} of subnet ${netuid} on chain ${genesis}.`;
    throw new CoreError({ code: "CORE_SNAPSHOT_SCOPE", genesis, netuid, mechid }, message);
  }
  if (version !== signed.version) {
    const message = `The snapshot is labelled version ${signed.version}, but version ${version} was signed.`;
    throw new CoreError({ code: "CORE_SNAPSHOT_VERSION", outside: signed.version, signed: version }, message);
  }
}
