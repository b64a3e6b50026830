import { join } from "node:path";
import type { Chain } from "@assay/chain";
import type { Clock } from "@assay/core";
import { type Db, findNewerSnapshot, type PoolFigures } from "@assay/db";
import { folderStore } from "./artefacts/store.ts";
import { recordSigningKey } from "./audit/signing-key.ts";
import { createHotkeyLimit } from "./auth/hotkey-limit.ts";
import type { Backend, Trace } from "./backend.ts";
import type { Subnet } from "./chain/subnet.ts";
import type { Settings } from "./env.ts";
import { createRequestLimit } from "./http/request-limit.ts";
import type { SocketRegistry } from "./http/socket-registry.ts";
import type { Log } from "./log.ts";
import { createMetrics } from "./metrics/metrics.ts";
import { openSigning, type SigningKey } from "./signing.ts";
import { createFeed, type SnapshotFeed } from "./snapshots/feed.ts";
import { snapshotView } from "./snapshots/view.ts";

export type Parts = {
  readonly settings: Settings;
  readonly chain: Chain;
  readonly clock: Clock;
  readonly log: Log;
  readonly db: Db;
  readonly subnet: Subnet;
  readonly registry: SocketRegistry;
  /** Port the server listens on. */
  readonly port: number;
  readonly pool?: () => PoolFigures;
  readonly trace?: Trace;
};

/** Puts together what verbs and duties work with. */
export async function assemble(parts: Parts): Promise<Backend> {
  const { settings, chain, clock, log, db, subnet, registry, port, pool, trace = () => {} } = parts;
  const { netuid, mechid } = settings;
  const genesis = chain.genesisHash;
  const { snapshotKeyFile: keyFile, snapshotCertificateFile: certificateFile } = settings;
  const record = (key: SigningKey) => recordSigningKey({ db, netuid, clock }, key);
  const signing = await openSigning({ keyFile, certificateFile, genesis, netuid, subnet, log, record });
  warnOfOtherOwner(signing.current().certificate.ownerHotkey, parts);
  return {
    netuid,
    mechid,
    genesis,
    leaseMs: settings.leaseSeconds * 1000,
    audiences: settings.publicUrls.length > 0 ? settings.publicUrls : loopback(port),
    db,
    clock,
    log,
    subnet,
    artefacts: folderStore(join(settings.home, "artefacts")),
    feed: feedOf(db, { netuid, mechid, log }),
    signing,
    requests: createRequestLimit({
      perMinute: settings.requestsPerMinute,
      proxyHops: settings.proxyHops,
    }),
    hotkeys: createHotkeyLimit({ perMinute: settings.hotkeyRequestsPerMinute }),
    connectionsOf: (hotkey) => registry.connectionsOf(hotkey),
    openSockets: () => registry.count(),
    metrics: createMetrics(),
    pool,
    trace,
  };
}

function loopback(port: number): string[] {
  return [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
}

function feedOf(db: Db, { netuid, mechid, log }: { netuid: number; mechid: number; log: Log }): SnapshotFeed {
  const read = async (above: number) => {
    const row = await findNewerSnapshot(db, { netuid, mechid, above });
    return row === undefined ? undefined : snapshotView(row);
  };
  return createFeed({ read, log });
}

/** Validators refuse such snapshots; the subnet may just have changed hands, so the backend still serves. */
function warnOfOtherOwner(certifiedBy: string, { subnet, log }: Parts): void {
  const { ownerHotkey: owner } = subnet.current().metagraph;
  if (certifiedBy !== owner)
    log.error({ certifiedBy, owner }, "the certificate is not by the subnet's owner");
}
