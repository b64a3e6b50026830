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
  const { genesis, netuid, mechid } = body;
  if (genesis !== input.genesis || netuid !== input.netuid || mechid !== input.mechid)
    throw new CoreError({ code: "CORE_SNAPSHOT_SCOPE", genesis, netuid, mechid });
  if (body.version !== signed.version)
    throw new CoreError({ code: "CORE_SNAPSHOT_VERSION", outside: signed.version, signed: body.version });
  assertConsistent(body);
  const computed = await vectorHash(body.rules, body.instances);
  if (computed !== body.vectorHash)
    throw new CoreError({ code: "CORE_SNAPSHOT_HASH", stated: body.vectorHash, computed });
  return body;
}

function assertCertified({ signed, verify, ownerHotkey, genesis, netuid, block }: OpenInput): void {
  const { certificate, key } = signed;
  if (certificate.ownerHotkey !== ownerHotkey)
    throw new CoreError({
      code: "CORE_CERTIFICATE_OWNER",
      certifiedBy: certificate.ownerHotkey,
      owner: ownerHotkey,
    });
  const certified = openStatement(certificate, { address: ownerHotkey, schema: CertificateBody, verify });
  if (certified.genesis !== genesis || certified.netuid !== netuid)
    throw new CoreError({
      code: "CORE_CERTIFICATE_SCOPE",
      genesis: certified.genesis,
      netuid: certified.netuid,
    });
  const { fromBlock, untilBlock } = certified;
  if (block < fromBlock || block >= untilBlock)
    throw new CoreError({ code: "CORE_CERTIFICATE_PERIOD", fromBlock, untilBlock, block });
  if (certified.key !== key)
    throw new CoreError({ code: "CORE_CERTIFICATE_KEY", certified: certified.key, key });
}
