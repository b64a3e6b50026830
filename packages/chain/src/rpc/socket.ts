import { WebSocket } from "ws";
import { ChainError } from "../errors.ts";
import { type NodeMessage, parseMessage } from "./message.ts";
import { shownEndpoint } from "./shown-endpoint.ts";

/** A JSON-RPC method with its parameters. */
export type RpcCall = { readonly method: string; readonly params: readonly unknown[] };

/** A subscription: how it begins, how it ends, and who hears its news. */
export type RpcSubscription = RpcCall & {
  readonly unsubscribe: string;
  readonly onNews: (result: unknown) => void;
};

type Pending = {
  readonly method: string;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: ChainError) => void;
};

const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;
const MAX_EARLY_NEWS = 16;

/** One WebSocket to one node for as long as it lives; whatever goes wrong ends it for good. */
export class RpcSocket {
  readonly endpoint: string;
  /** Settles with the reason once the socket is of no more use. */
  readonly closed: Promise<string>;
  readonly #socket: WebSocket;
  /** Silence for half of this is too long. */
  readonly #patienceMs: number;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Map<string, (result: unknown) => void>();
  /** News that arrived before the answer that names their subscription. */
  readonly #early = new Map<string, unknown>();
  #resolveClosed: (reason: string) => void = () => {};
  #closedBecause: string | undefined;
  #nextId = 1;
  #messagesHeard = 0;

  private constructor(endpoint: string, socket: WebSocket, patienceMs: number) {
    this.endpoint = endpoint;
    this.#patienceMs = patienceMs;
    this.#socket = socket;
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    socket.on("message", (data) => this.#hear(parseMessage(Buffer.isBuffer(data) ? data.toString() : "")));
    socket.on("error", (error) => this.close(error.message));
    socket.on("close", (code) => this.close(`closed by the node (${code})`));
  }

  /** Connects, or fails with CHAIN_UNREACHABLE after the deadline at the latest. */
  static open(endpoint: string, options: { deadlineMs: number; signal: AbortSignal }): Promise<RpcSocket> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(endpoint, {
        handshakeTimeout: options.deadlineMs,
        maxPayload: MAX_PAYLOAD_BYTES,
        perMessageDeflate: false,
      });
      const abort = () => socket.terminate();
      options.signal.addEventListener("abort", abort, { once: true });
      socket.once("close", () => options.signal.removeEventListener("abort", abort));
      socket.once("error", (error) => reject(unreachable(endpoint, error)));
      socket.once("open", () => resolve(new RpcSocket(endpoint, socket, options.deadlineMs)));
    });
  }

  /** Asks once. CHAIN_TIMEOUT and CHAIN_DISCONNECTED leave open whether the node acted on it. */
  request(call: RpcCall, deadlineMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.#send(call, { deadlineMs, resolve, reject }));
  }

  /** Subscribes; the returned function ends it, also when the socket is already gone. */
  subscribe(subscription: RpcSubscription, deadlineMs: number): Promise<() => void> {
    return new Promise((resolve, reject) => {
      // News may come in the same read as the answer, so the listener stands before anybody awaits.
      const begin = (result: unknown) => resolve(this.#listen(String(result), subscription));
      this.#send(subscription, { deadlineMs, resolve: begin, reject });
    });
  }

  /** Drops the socket at once, even if the other side no longer answers. */
  close(reason: string): void {
    if (this.#closedBecause !== undefined) return;
    this.#closedBecause = reason;
    this.#socket.terminate();
    this.#listeners.clear();
    this.#early.clear();
    for (const [id, { method }] of this.#pending) this.#take(id)?.reject(this.#lost(method, reason));
    this.#resolveClosed(reason);
  }

  #send(call: RpcCall, asker: Pick<Pending, "resolve" | "reject"> & { deadlineMs: number }): void {
    if (this.#closedBecause !== undefined) {
      asker.reject(this.#lost(call.method, this.#closedBecause));
      return;
    }
    const id = this.#nextId++;
    const heardBefore = this.#messagesHeard;
    const giveUp = () => this.#giveUp(id, { ...asker, heardBefore });
    // An answer that came while this process stood still is read first: the node was not late.
    const timer = setTimeout(() => setImmediate(giveUp), Math.max(0, asker.deadlineMs));
    this.#pending.set(id, { method: call.method, timer, resolve: asker.resolve, reject: asker.reject });
    this.#socket.send(JSON.stringify({ jsonrpc: "2.0", id, method: call.method, params: call.params }));
  }

  #giveUp(id: number, asked: { deadlineMs: number; heardBefore: number }): void {
    const pending = this.#take(id);
    if (pending === undefined) return;
    pending.reject(timedOut(pending.method, asked.deadlineMs));
    // A node that said nothing at all for so long is gone, whatever the socket claims.
    const isLong = asked.deadlineMs >= this.#patienceMs / 2;
    if (isLong && this.#messagesHeard === asked.heardBefore) this.close(`no word for ${asked.deadlineMs} ms`);
  }

  #hear(message: NodeMessage): void {
    this.#messagesHeard++;
    if (message.kind === "malformed") this.close("the node sent something that is not JSON-RPC");
    else if (message.kind === "news") this.#tell(message.subscription, message.result);
    else this.#answer(message);
  }

  #answer(message: Extract<NodeMessage, { id: number }>): void {
    const pending = this.#take(message.id);
    if (pending === undefined) return;
    if (message.kind === "result") pending.resolve(message.result);
    else pending.reject(refused(pending.method, message));
  }

  #tell(subscription: string, result: unknown): void {
    const listener = this.#listeners.get(subscription);
    if (listener !== undefined) this.#deliver(listener, result);
    else if (this.#early.size < MAX_EARLY_NEWS) this.#early.set(subscription, result);
  }

  #listen(id: string, subscription: RpcSubscription): () => void {
    this.#listeners.set(id, subscription.onNews);
    const early = this.#early.get(id);
    if (this.#early.delete(id)) this.#deliver(subscription.onNews, early);
    return () => {
      if (!this.#listeners.delete(id)) return;
      const bye = { method: subscription.unsubscribe, params: [id] };
      // Nobody waits for the answer, and a lost one changes nothing.
      this.#send(bye, { deadlineMs: 10_000, resolve: () => {}, reject: () => {} });
    };
  }

  #deliver(listener: (result: unknown) => void, result: unknown): void {
    try {
      listener(result);
    } catch (error) {
      this.close(`unreadable news: ${String(error)}`);
    }
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    clearTimeout(pending?.timer);
    return pending;
  }

  #lost(what: string, reason: string): ChainError {
    const endpoint = shownEndpoint(this.endpoint);
    const message = `Lost ${endpoint} while waiting for ${what}: ${reason}`;
    return new ChainError({ code: "CHAIN_DISCONNECTED", endpoint, what }, message);
  }
}

function unreachable(endpoint: string, error: Error): ChainError {
  // Node bundles refusals of several addresses in one error whose own message is empty.
  const reason = error.message || ("code" in error ? String(error.code) : "connection failed");
  const shown = shownEndpoint(endpoint);
  const facts = { code: "CHAIN_UNREACHABLE", endpoint: shown, reason } as const;
  return new ChainError(facts, `Cannot reach ${shown}: ${reason}`);
}

function timedOut(what: string, deadlineMs: number): ChainError {
  return new ChainError(
    { code: "CHAIN_TIMEOUT", what, deadlineMs },
    `No answer to ${what} in ${deadlineMs} ms`,
  );
}

function refused(method: string, { rpcCode, reason }: { rpcCode: number; reason: string }): ChainError {
  const facts = { code: "CHAIN_RPC_REFUSED", method, rpcCode, reason } as const;
  return new ChainError(facts, `The node refused ${method}: ${reason} (${rpcCode})`);
}
