import { type AppRouter, createRouter } from "@assay/api";
import type { Chain } from "@assay/chain";
import type { Clock } from "@assay/core";
import { CHANNELS, type Db, listen, migrate, openDatabase, type PoolFigures } from "@assay/db";
import { getRequestListener } from "@hono/node-server";
import { assemble } from "./assemble.ts";
import type { Backend, Trace } from "./backend.ts";
import { followSubnet, type Subnet } from "./chain/subnet.ts";
import { Closing } from "./closing.ts";
import { certificateDuty } from "./duties/certificate.ts";
import { competitionsDuty } from "./duties/competitions.ts";
import { cyclesDuty } from "./duties/cycles.ts";
import { housekeepingDuty } from "./duties/housekeeping.ts";
import { leadersDuty } from "./duties/leaders.ts";
import { retentionDuty } from "./duties/retention.ts";
import { reviewsDuty } from "./duties/reviews.ts";
import { rulesDuty } from "./duties/rules.ts";
import { ensureDuties, runDuties } from "./duties/runner.ts";
import { broadcastDuty, scoringDuty } from "./duties/scoring.ts";
import type { Settings } from "./env.ts";
import { createApp } from "./http/app.ts";
import { drain, type Listening, listenOn, portOf, unavailable } from "./http/server.ts";
import { SocketRegistry } from "./http/socket-registry.ts";
import { serveSockets } from "./http/sockets.ts";
import type { Log } from "./log.ts";
import { startMetricsServer } from "./metrics/server.ts";
import { repeat } from "./repeat.ts";
import { ensureRules } from "./rules/default.ts";
import { createVerbs } from "./verbs.ts";

/** What a process gives its backend besides settings. */
export type Surroundings = {
  readonly clock: Clock;
  readonly chain: Chain;
  readonly log: Log;
  /** Told of moments at which tests end the process. */
  readonly trace?: Trace;
  /** Time a socket has to say who it is. */
  readonly authDeadlineMs?: number;
};

export type RunningBackend = {
  /** Where it is reached from this machine. */
  readonly url: string;
  /** Port its metrics are answered at; null if it was not asked to. */
  readonly metricsPort: number | null;
  /** Finishes what is in progress and lets go of everything but the chain. */
  close(): Promise<void>;
};

const AUTH_DEADLINE_MS = 5_000;
/** How late a replica may learn what a lost notification would have told it. */
const POLL_MS = 2_000;

/** Starts one replica: database, chain, HTTP and WebSocket server, duties. */
export async function startBackend(settings: Settings, surroundings: Surroundings): Promise<RunningBackend> {
  const closing = new Closing();
  try {
    const opened = await open({ settings, closing, ...surroundings });
    return { ...opened, close: () => closing.close() };
  } catch (error) {
    await closing.close().catch((cause: unknown) => surroundings.log.warn({ err: cause }, "not closed"));
    throw error;
  }
}

type Opening = Surroundings & { readonly settings: Settings; readonly closing: Closing };

async function open(opening: Opening): Promise<Omit<RunningBackend, "close">> {
  const { settings, clock, log, closing } = opening;
  const { db, pool } = await openDb(opening);
  const bell = { ring: () => {} };
  const subnet = await openSubnet(opening, () => bell.ring());
  const authDeadlineMs = opening.authDeadlineMs ?? AUTH_DEADLINE_MS;
  const registry = new SocketRegistry({ db, clock, log, subnet, authDeadlineMs });
  const listening = await listenOn(settings);
  const { server } = listening;
  closing.push(() => drain(server));
  closing.push(() => listening.route(unavailable));
  const backend = await assemble({ ...opening, db, subnet, registry, port: portOf(server), pool });
  await ensureRules(backend, opening.chain);
  serve(listening, { backend, registry, closing });
  await hear(backend, { registry, ...opening });
  bell.ring = await work(backend, { registry, ...opening });
  const metricsPort = await tell(backend, opening);
  return { url: `http://${urlHost(settings.host)}:${portOf(server)}`, metricsPort };
}

async function openDb({ settings, log, closing }: Opening): Promise<{ db: Db; pool: () => PoolFigures }> {
  const onConnectionError = (error: Error) => log.warn({ err: error }, "database connection lost");
  let pool = () => ({ total: 0, idle: 0, waiting: 0 });
  const onPool = (figures: () => PoolFigures) => {
    pool = figures;
  };
  const db = openDatabase(settings.databaseUrl, { onConnectionError, onPool });
  closing.push(() => db.destroy());
  const applied = await migrate(db);
  if (applied.length > 0) log.info({ applied }, "database migrated");
  return { db, pool };
}

async function openSubnet(
  { settings, chain, clock, log, closing }: Opening,
  onState: () => void,
): Promise<Subnet> {
  const { netuid, mechid, metagraphMaxAgeSeconds: maxAgeSeconds } = settings;
  const stopping = new AbortController();
  const source = { chain, netuid, mechid, clock, log, maxAgeSeconds, signal: stopping.signal };
  const subnet = await followSubnet(source, onState);
  closing.push(() => {
    stopping.abort();
    return subnet.stopped;
  });
  return subnet;
}

type Serving = { readonly backend: Backend; readonly registry: SocketRegistry; readonly closing: Closing };

function serve({ server, route }: Listening, { backend, registry, closing }: Serving): void {
  const router: AppRouter = createRouter(createVerbs(backend));
  const answer = getRequestListener(createApp(backend, router).fetch);
  const sockets = serveSockets(server, { backend, router, registry });
  closing.push(() => sockets.close());
  route((request, response) => void answer(request, response));
}

/** Hears what other replicas have written; after an interruption it looks for what it missed. */
async function hear(
  backend: Backend,
  { registry, settings, closing }: Opening & { registry: SocketRegistry },
) {
  const { feed, log, trace } = backend;
  const listener = await listen(settings.databaseUrl, {
    channels: [CHANNELS.snapshots, CHANNELS.keys],
    onNotify: (channel, payload) => {
      if (channel === CHANNELS.keys) return registry.endKey(payload);
      trace("snapshot-notified");
      void feed.refresh();
    },
    onConnect: () => void feed.refresh(),
    onLost: (error) => log.warn({ err: error }, "notifications interrupted"),
  });
  closing.push(() => listener.close());
}

/** Starts what a replica does by itself; returns what wakes its duties. */
async function work(
  backend: Backend,
  { registry, settings, closing }: Opening & { registry: SocketRegistry },
): Promise<() => void> {
  const duties = [
    cyclesDuty(backend),
    competitionsDuty(backend),
    leadersDuty(backend),
    certificateDuty(backend),
    rulesDuty(backend),
    reviewsDuty(backend),
    scoringDuty(backend, { everySeconds: settings.scoreIntervalSeconds }),
    broadcastDuty(backend, { everySeconds: settings.broadcastIntervalSeconds }),
    housekeepingDuty(backend),
    retentionDuty(backend),
  ];
  await ensureDuties(backend, duties);
  const stopping = new AbortController();
  const { signal } = stopping;
  const runner = runDuties(backend, { duties, signal });
  const polling = repeat(() => poll(backend, registry), { everyMs: POLL_MS, signal });
  closing.push(async () => {
    stopping.abort();
    await Promise.all([runner.stopped, polling]);
  });
  return () => runner.wake();
}

/** Answers metrics where the settings say, if they do. */
async function tell(
  backend: Backend,
  { settings: { metrics }, log, closing }: Opening,
): Promise<number | null> {
  if (metrics === null) return null;
  const server = await startMetricsServer(backend, metrics);
  closing.push(() => server.close());
  log.info({ host: metrics.host, port: server.port }, "metrics answered");
  return server.port;
}

async function poll({ feed, signing, log }: Backend, registry: SocketRegistry): Promise<void> {
  await feed.refresh();
  await signing.refresh();
  await registry.sweep().catch((error: unknown) => log.warn({ err: error }, "sockets not swept"));
}

/** An address that means every interface is reached by the loopback one. */
function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
