import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "@assay/core";
import { ChainError } from "../errors.ts";
import type { Head } from "../head.ts";
import type { ChainLog } from "../log.ts";
import { backoffMs } from "./backoff.ts";
import { withDeadline } from "./deadline.ts";
import { Endpoints } from "./endpoints.ts";
import { parseHeader } from "./head.ts";
import { HeadFeed } from "./head-feed.ts";
import { shownEndpoint } from "./shown-endpoint.ts";
import { type RpcCall, RpcSocket } from "./socket.ts";

/** How a link connects and when it gives a connection up. */
export type LinkOptions = {
  readonly endpoints: readonly [string, ...string[]];
  /** Refuses every other chain; undefined takes the first chain met, and no other after it. */
  readonly genesisHash: string | undefined;
  readonly deadlineMs: number;
  readonly staleMs: number;
  /** Monotonic: only differences count. */
  readonly clock: Clock;
  readonly log: ChainLog;
  /** Pause before the nth attempt in a row. */
  readonly backoffMs?: (attempt: number) => number;
};

/** How far an endpoint may be behind what was already finalised elsewhere and still be of use. */
const MAX_LAG_BLOCKS = 5;

const FINALISED_HEADS = {
  method: "chain_subscribeFinalizedHeads",
  params: [],
  unsubscribe: "chain_unsubscribeFinalizedHeads",
} as const;

/** A connection that is replaced whenever it dies, falls silent or stands still; the object stays the same. */
export class Link {
  readonly finalised = new HeadFeed();
  readonly #options: LinkOptions;
  readonly #endpoints: Endpoints;
  readonly #stop = new AbortController();
  readonly #watchdog: NodeJS.Timeout;
  readonly #running: Promise<void>;
  #ready = awaited<RpcSocket>();
  #socket: RpcSocket | undefined;
  #genesisHash: string | undefined;
  #movedAt = 0;
  #failures = 0;
  /** Endpoints refused in a row for lagging: if all lag, none does. */
  #laggards = 0;
  #lastFault: ChainError | undefined;
  /** Endpoints that last served another chain. */
  readonly #strangers = new Set<string>();

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#endpoints = new Endpoints(options.endpoints);
    this.#genesisHash = options.genesisHash?.toLowerCase();
    this.#watchdog = setInterval(() => this.#watch(), Math.min(1_000, options.staleMs / 4));
    this.#watchdog.unref();
    this.#running = this.#run();
  }

  get endpoint(): string {
    return this.#endpoints.current;
  }

  /** Hash of block 0, empty before the first connection. */
  get genesisHash(): string {
    return this.#genesisHash ?? "";
  }

  /** Health of every endpoint, 0 to 10. */
  get health(): Readonly<Record<string, number>> {
    return this.#endpoints.scores;
  }

  get deadlineMs(): number {
    return this.#options.deadlineMs;
  }

  /**
   * Asks; a connection lost meanwhile is replaced and the question repeated, all within one deadline. Where there is
   * another endpoint, the present one has half of the time left before the other is asked.
   */
  async ask(method: string, ...params: readonly unknown[]): Promise<unknown> {
    const until = performance.now() + this.deadlineMs;
    const call: RpcCall = { method, params };
    for (let turn = 1; ; turn++) {
      const socket = await this.connection(until - performance.now());
      const leftMs = until - performance.now();
      const isLastTurn = turn >= this.#endpoints.count;
      try {
        return await socket.request(call, isLastTurn ? leftMs : leftMs / 2);
      } catch (error) {
        if (this.#stop.signal.aborted || !this.#isRepeated(error, { socket, isLastTurn }))
          throw this.#explained(error);
      }
    }
  }

  /** A link to another endpoint of the same chain, for a second opinion; the caller closes it. */
  elsewhere(): Link | undefined {
    const other = this.#endpoints.other();
    if (other === undefined) return undefined;
    return new Link({ ...this.#options, endpoints: [other], genesisHash: this.genesisHash });
  }

  /** Notes that an endpoint asked through {@link elsewhere} was of no help. */
  distrust(endpoint: string): void {
    this.#endpoints.failed(endpoint);
  }

  /** Loss is always worth another try; silence only if there is somebody else to ask. */
  #isRepeated(error: unknown, asked: { socket: RpcSocket; isLastTurn: boolean }): boolean {
    if (!(error instanceof ChainError)) return false;
    if (error.code === "CHAIN_DISCONNECTED") return true;
    if (error.code !== "CHAIN_TIMEOUT" || this.#endpoints.count === 1) return false;
    asked.socket.close(`${error.message}; there are other endpoints`);
    return !asked.isLastTurn;
  }

  /** The present connection, or the next one if it comes in time. */
  connection(withinMs: number = this.deadlineMs): Promise<RpcSocket> {
    return withDeadline(this.#ready.promise, withinMs, () => this.#unreachable());
  }

  /** Drops the connection for good; whoever waits gets CHAIN_CLOSED. */
  async close(): Promise<void> {
    clearInterval(this.#watchdog);
    this.#stop.abort();
    this.#socket?.close("closed here");
    this.#ready.reject(this.#closed());
    this.#ready = awaited();
    this.#ready.reject(this.#closed());
    this.finalised.end();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#endpoints.choose();
      try {
        await this.#live(await this.#open());
      } catch (error) {
        this.#fail(error);
      }
      this.#endpoints.failed();
      await sleep(this.#pauseMs(), undefined, { signal: this.#stop.signal }).catch(() => {});
    }
  }

  /** Grows once all endpoints have failed, not with each of them; the way to an untried one is free. */
  #pauseMs(): number {
    const { count } = this.#endpoints;
    const failures = this.#failures++;
    const pauseMs = this.#options.backoffMs ?? backoffMs;
    return failures < count - 1 ? 0 : pauseMs(Math.floor((failures + 1) / count) - 1);
  }

  /** One step of connecting: with a choice of endpoints a silent one must leave time for the others. */
  get #stepMs(): number {
    const { count } = this.#endpoints;
    return count === 1 ? this.deadlineMs : this.deadlineMs / (2 * count);
  }

  /** A connection that has shown the right genesis and tells its finalised heads. */
  async #open(): Promise<RpcSocket> {
    const deadlineMs = this.#stepMs;
    const socket = await RpcSocket.open(this.endpoint, { deadlineMs, signal: this.#stop.signal });
    try {
      await this.#assertGenesis(socket);
      const first = awaited<Head>();
      const onNews = (json: unknown) => first.resolve(this.#onHead(json));
      await socket.subscribe({ ...FINALISED_HEADS, onNews }, deadlineMs);
      if (this.#endpoints.count > 1) await this.#assertReady(socket, first.promise);
      return socket;
    } catch (error) {
      socket.close("not usable");
      throw error;
    }
  }

  async #assertGenesis(socket: RpcSocket): Promise<void> {
    const call = { method: "chain_getBlockHash", params: [0] };
    const actual = String(await socket.request(call, this.#stepMs)).toLowerCase();
    this.#genesisHash ??= actual;
    const expected = this.#genesisHash;
    if (actual === expected) return void this.#strangers.delete(socket.endpoint);
    this.#strangers.add(socket.endpoint);
    const endpoint = shownEndpoint(socket.endpoint);
    const message = `${endpoint} is another chain: genesis ${actual}, expected ${expected}`;
    throw new ChainError({ code: "CHAIN_WRONG_GENESIS", endpoint, expected, actual }, message);
  }

  /** With a choice of endpoints, one that says nothing or is far behind is not taken, unless all are. */
  async #assertReady(socket: RpcSocket, first: Promise<Head>): Promise<void> {
    const endpoint = shownEndpoint(socket.endpoint);
    const silent = () => this.#unreachable(`${endpoint} tells no finalised block`);
    const { block } = await withDeadline(first, this.#stepMs, silent);
    const newest = this.finalised.newest?.block ?? block;
    const isBehind = newest - block > MAX_LAG_BLOCKS;
    this.#laggards = isBehind ? this.#laggards + 1 : 0;
    if (!isBehind || this.#laggards >= this.#endpoints.count) return;
    const message = `${endpoint} is at finalised block ${block}, others were at ${newest}`;
    throw new ChainError({ code: "CHAIN_ENDPOINT_LAGGING", endpoint, block, newest }, message);
  }

  /** Serves the connection until it is lost. */
  async #live(socket: RpcSocket): Promise<void> {
    const endpoint = shownEndpoint(socket.endpoint);
    this.#movedAt = this.#options.clock.now();
    this.#lastFault = undefined;
    this.#socket = socket;
    this.#ready.resolve(socket);
    this.#options.log.info({ endpoint }, "connected to the chain");
    const reason = await socket.closed;
    this.#socket = undefined;
    if (this.#stop.signal.aborted) return;
    this.#ready = awaited();
    this.#options.log.warn({ endpoint, reason }, "lost the connection to the chain");
  }

  #fail(error: unknown): void {
    if (this.#stop.signal.aborted) return;
    const fault = error instanceof ChainError ? error : this.#unreachable(String(error));
    this.#lastFault = fault;
    this.#options.log.warn(
      { endpoint: shownEndpoint(this.endpoint), reason: fault.message },
      "could not connect to the chain",
    );
    // With one endpoint nothing better is coming; with several the next may be right.
    if (fault.retryable || this.#endpoints.count > 1) return;
    this.#ready.reject(fault);
    this.#ready = awaited();
  }

  #onHead(json: unknown): Head {
    const { block, hash } = parseHeader(json);
    if (!this.finalised.publish({ block, hash })) return { block, hash };
    this.#movedAt = this.#options.clock.now();
    this.#failures = 0;
    this.#endpoints.succeeded();
    return { block, hash };
  }

  #watch(): void {
    const standingMs = this.#options.clock.now() - this.#movedAt;
    if (standingMs > this.#options.staleMs)
      this.#socket?.close(`no new finalised block for ${Math.round(standingMs)} ms`);
  }

  #unreachable(reason: string = this.#lastFault?.message ?? "no connection in time"): ChainError {
    // While any may serve the right chain, waiting may help.
    const isHopeless = this.#strangers.size === this.#endpoints.count;
    if (isHopeless && this.#lastFault?.code === "CHAIN_WRONG_GENESIS") return this.#lastFault;
    const endpoint = shownEndpoint(this.endpoint);
    // The last fault may be that of this very endpoint, which says so itself.
    const said = `Cannot reach ${endpoint}: `;
    const message = reason.startsWith(said) ? reason : said + reason;
    return new ChainError({ code: "CHAIN_UNREACHABLE", endpoint, reason }, message);
  }

  #explained(error: unknown): unknown {
    return this.#stop.signal.aborted ? this.#closed() : error;
  }

  #closed(): ChainError {
    const { endpoint } = this;
    return new ChainError({ code: "CHAIN_CLOSED", endpoint }, `The connection to ${endpoint} was closed`);
  }
}

/** A promise somebody may reject before anybody waits for it. */
function awaited<T>(): PromiseWithResolvers<T> {
  const deferred = Promise.withResolvers<T>();
  deferred.promise.catch(() => {});
  return deferred;
}
