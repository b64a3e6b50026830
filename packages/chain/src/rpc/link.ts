import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "@assay/core";
import { ChainError } from "../errors.ts";
import type { ChainLog } from "../log.ts";
import { backoffMs } from "./backoff.ts";
import { withDeadline } from "./deadline.ts";
import { parseHeader } from "./head.ts";
import { HeadFeed } from "./head-feed.ts";
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
};

const FINALISED_HEADS = {
  method: "chain_subscribeFinalizedHeads",
  params: [],
  unsubscribe: "chain_unsubscribeFinalizedHeads",
} as const;

/** A connection that is replaced whenever it dies, falls silent or stands still; the object stays the same. */
export class Link {
  readonly finalised = new HeadFeed();
  readonly #options: LinkOptions;
  readonly #stop = new AbortController();
  readonly #watchdog: NodeJS.Timeout;
  readonly #running: Promise<void>;
  #ready = awaited<RpcSocket>();
  #socket: RpcSocket | undefined;
  #genesisHash: string | undefined;
  #movedAt = 0;
  #failures = 0;
  #turn = 0;
  #lastFault: ChainError | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#genesisHash = options.genesisHash?.toLowerCase();
    this.#watchdog = setInterval(() => this.#watch(), Math.min(1_000, options.staleMs / 4));
    this.#watchdog.unref();
    this.#running = this.#run();
  }

  get endpoint(): string {
    const { endpoints } = this.#options;
    return endpoints[this.#turn % endpoints.length] ?? endpoints[0];
  }

  /** Hash of block 0, empty before the first connection. */
  get genesisHash(): string {
    return this.#genesisHash ?? "";
  }

  get deadlineMs(): number {
    return this.#options.deadlineMs;
  }

  /** Asks; a connection lost meanwhile is replaced and the question repeated, all within one deadline. */
  async ask(method: string, ...params: readonly unknown[]): Promise<unknown> {
    const until = performance.now() + this.deadlineMs;
    const call: RpcCall = { method, params };
    for (;;) {
      const socket = await this.connection(until - performance.now());
      try {
        return await socket.request(call, until - performance.now());
      } catch (error) {
        if (this.#stop.signal.aborted || !isDisconnected(error)) throw this.#explained(error);
      }
    }
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
      try {
        await this.#live(await this.#open());
      } catch (error) {
        this.#fail(error);
      }
      this.#turn++;
      await sleep(this.#pauseMs(), undefined, { signal: this.#stop.signal }).catch(() => {});
    }
  }

  /** Grows once all endpoints have failed, not with each of them. */
  #pauseMs(): number {
    const rounds = Math.floor(this.#failures++ / this.#options.endpoints.length);
    return backoffMs(rounds);
  }

  /** A connection that has shown the right genesis and tells its finalised heads. */
  async #open(): Promise<RpcSocket> {
    const { deadlineMs } = this.#options;
    const socket = await RpcSocket.open(this.endpoint, { deadlineMs, signal: this.#stop.signal });
    try {
      await this.#assertGenesis(socket);
      const onNews = (json: unknown) => this.#onHead(json);
      await socket.subscribe({ ...FINALISED_HEADS, onNews }, deadlineMs);
      return socket;
    } catch (error) {
      socket.close("not usable");
      throw error;
    }
  }

  async #assertGenesis(socket: RpcSocket): Promise<void> {
    const call = { method: "chain_getBlockHash", params: [0] };
    const actual = String(await socket.request(call, this.deadlineMs)).toLowerCase();
    this.#genesisHash ??= actual;
    const { endpoint } = socket;
    const expected = this.#genesisHash;
    if (actual === expected) return;
    const message = `${endpoint} is another chain: genesis ${actual}, expected ${expected}`;
    throw new ChainError({ code: "CHAIN_WRONG_GENESIS", endpoint, expected, actual }, message);
  }

  /** Serves the connection until it is lost. */
  async #live(socket: RpcSocket): Promise<void> {
    const { endpoint } = socket;
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
      { endpoint: this.endpoint, reason: fault.message },
      "could not connect to the chain",
    );
    // With one endpoint nothing better is coming; with several the next may be right.
    if (fault.retryable || this.#options.endpoints.length > 1) return;
    this.#ready.reject(fault);
    this.#ready = awaited();
  }

  #onHead(json: unknown): void {
    const { block, hash } = parseHeader(json);
    if (!this.finalised.publish({ block, hash })) return;
    this.#movedAt = this.#options.clock.now();
    this.#failures = 0;
  }

  #watch(): void {
    const standingMs = this.#options.clock.now() - this.#movedAt;
    if (standingMs > this.#options.staleMs)
      this.#socket?.close(`no new finalised block for ${Math.round(standingMs)} ms`);
  }

  #unreachable(reason: string = this.#lastFault?.message ?? "no connection in time"): ChainError {
    if (this.#lastFault?.code === "CHAIN_WRONG_GENESIS") return this.#lastFault;
    const { endpoint } = this;
    return new ChainError(
      { code: "CHAIN_UNREACHABLE", endpoint, reason },
      `Cannot reach ${endpoint}: ${reason}`,
    );
  }

  #explained(error: unknown): unknown {
    return this.#stop.signal.aborted ? this.#closed() : error;
  }

  #closed(): ChainError {
    const { endpoint } = this;
    return new ChainError({ code: "CHAIN_CLOSED", endpoint }, `The connection to ${endpoint} was closed`);
  }
}

function isDisconnected(error: unknown): boolean {
  return error instanceof ChainError && error.code === "CHAIN_DISCONNECTED";
}

/** A promise somebody may reject before anybody waits for it. */
function awaited<T>(): PromiseWithResolvers<T> {
  const deferred = Promise.withResolvers<T>();
  deferred.promise.catch(() => {});
  return deferred;
}
