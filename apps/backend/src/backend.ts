import type { Clock } from "@assay/core";
import type { Db, PoolFigures } from "@assay/db";
import type { ArtefactStore } from "./artefacts/store.ts";
import type { HotkeyLimit } from "./auth/hotkey-limit.ts";
import type { Subnet } from "./chain/subnet.ts";
import type { RequestLimit } from "./http/request-limit.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { Signing } from "./signing.ts";
import type { SnapshotFeed } from "./snapshots/feed.ts";

/** Moments at which a test may end the process to see what survives. */
export type TracePoint =
  | "submission-committed"
  | "result-committed"
  | "snapshot-committed"
  | "snapshot-notified"
  | "socket-written";

export type Trace = (point: TracePoint) => void;

/** What verbs and duties work with; one per process. */
export type Backend = {
  readonly netuid: number;
  readonly mechid: number;
  /** Hash of block 0: which chain this is. */
  readonly genesis: string;
  readonly leaseMs: number;
  /** Origins a signed request may name. */
  readonly audiences: readonly string[];
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly subnet: Subnet;
  readonly artefacts: ArtefactStore;
  readonly feed: SnapshotFeed;
  /** Key that signs snapshots and receipts, and the subnet owner's word for it. */
  readonly signing: Signing;
  /** Open sockets of a hotkey on this replica. */
  readonly connectionsOf: (hotkey: string) => number;
  /** Open sockets of this replica. */
  readonly openSockets: () => number;
  readonly metrics: Metrics;
  /** What the connections to the database are doing; undefined where nobody can tell. */
  readonly pool: (() => PoolFigures) | undefined;
  /** What an address may still ask of this replica. */
  readonly requests: RequestLimit;
  /** What a hotkey may still sign for this replica. */
  readonly hotkeys: HotkeyLimit;
  readonly trace: Trace;
};

/** The moment a verb acts at. */
export function nowOf({ clock }: Pick<Backend, "clock">): Date {
  return new Date(clock.now());
}

/** The newest finalised block; throws API_STALE_METAGRAPH. */
export function blockOf({ subnet }: Pick<Backend, "subnet">): number {
  return subnet.current().metagraph.at.block;
}
