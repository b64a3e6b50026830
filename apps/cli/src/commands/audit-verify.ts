import { verifySignature } from "@assay/chain/wallet";
import type { Client } from "@assay/client";
import { type AuditHead, openStatement, SnapshotBody } from "@assay/core";
import { EXIT } from "../errors.ts";
import { type Shown, show } from "../output.ts";
import {
  type AuditReport,
  auditReport,
  type HeldHead,
  isWhole,
  type KeptHead,
  readAuditLog,
} from "./audit-log.ts";
import { certifiedKey } from "./certified.ts";

type Question = Shown & {
  readonly heads: readonly AuditHead[];
  /** How many of the newest public snapshots the log is held against. */
  readonly snapshots: number;
  readonly ends: (code: number) => void;
};

/** Verifies the audit log of a backend: act after act, and against every head that it can no longer change. */
export async function verifyAudit(
  client: Client,
  { heads, snapshots, ends, ...shown }: Question,
): Promise<void> {
  // Heads first: what they stand for was in the log before it is read.
  const signed = await signedHeads(client, snapshots);
  const kept = heads.map((head) => ({ ...head, from: "you" }));
  const report = await auditReport(await readAuditLog(client), [...signed, ...kept]);
  show(report, { ...shown, inWords: auditWords });
  if (!isWhole(report)) ends(EXIT.failed);
}

/** The heads in the newest public snapshots, of which each is signed by a certified key. */
async function signedHeads(client: Client, limit: number): Promise<KeptHead[]> {
  if (limit === 0) return [];
  const { items } = await client.snapshots.list({ limit });
  const signed = await Promise.all(items.map(({ version }) => client.snapshots.get({ version })));
  return signed.flatMap((snapshot): KeptHead[] => {
    const address = certifiedKey(snapshot.certificate, snapshot.key);
    const { auditHead, version } = openStatement(snapshot, {
      address,
      schema: SnapshotBody,
      verify: verifySignature,
    });
    return auditHead === undefined ? [] : [{ ...auditHead, from: `snapshot ${version}` }];
  });
}

const WORDS: Record<HeldHead["verdict"], string> = {
  holds: "holds",
  differs: "says otherwise: acts up to this one were rewritten",
  missing: "is missing: the log does not come that far any more",
};

function auditWords(report: AuditReport): string {
  const { acts, head, brokenAt, heads } = report;
  const broken = `act ${brokenAt} does not follow from the one before: it was changed, put in, or one was removed`;
  return [
    brokenAt === null ? `${acts} acts, each follows from the one before` : broken,
    ...heads.map(({ sequence, from, verdict }) => `  act ${sequence}, as kept by ${from}: ${WORDS[verdict]}`),
    ...(isWhole(report) ? [`keep this head: ${acts}:${head}`] : []),
  ].join("\n");
}
