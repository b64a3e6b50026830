import type { AppRouter } from "@assay/api";
import { SignedSnapshot } from "@assay/core";
import { createTRPCClient, createWSClient, type TRPCClientError, wsLink } from "@trpc/client";
import { connectionParams } from "./connection.ts";
import { ClientError } from "./errors.ts";
import { readFrame } from "./frame.ts";
import { reasonOf, requireApiKey } from "./http.ts";
import type { Settings } from "./settings.ts";
import { readWireError } from "./wire-error.ts";

const PATH = "snapshots.subscribe";
/** A message to no request, which the library passes over. */
const NOTHING = { id: null, result: { type: "stopped" } };

export type SocketHandlers = {
  /** The version seen last: the backend begins with a newer one. */
  after: number;
  onSnapshot: (snapshot: SignedSnapshot) => void;
  /** Called with what is not a snapshot; the subscription goes on. */
  onProblem: (problem: ClientError) => void;
};

/** One connection that carries one subscription and is never renewed, so that nothing is left of it when it ends. */
export class SnapshotSocket {
  /** Why it is over; never rejects. */
  readonly ended: Promise<ClientError>;
  /** The backend has accepted the subscription. */
  hasBegun = false;
  readonly #settings: Settings;
  readonly #onProblem: (problem: ClientError) => void;
  readonly #resolveEnded: (reason: ClientError) => void;
  readonly #socket: ReturnType<typeof createWSClient>;
  readonly #subscription: { unsubscribe(): void };
  readonly #overdue: ReturnType<typeof setTimeout>;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #refusal: ClientError | undefined;
  #hasEnded = false;

  constructor(settings: Settings, handlers: SocketHandlers) {
    this.#settings = settings;
    this.#onProblem = handlers.onProblem;
    const { promise, resolve } = Promise.withResolvers<ClientError>();
    this.ended = promise;
    this.#resolveEnded = resolve;
    this.#socket = this.#connect(requireApiKey(settings.apiKey, PATH));
    this.#overdue = setTimeout(() => this.#end(this.#late()), settings.timeoutMs);
    this.#subscription = this.#subscribe(handlers);
  }

  close(): void {
    this.#end(this.#lost("closed by the client"));
  }

  #connect(token: string): ReturnType<typeof createWSClient> {
    const { socketUrl, WebSocket, keepAliveMs } = this.#settings;
    return createWSClient({
      url: socketUrl,
      WebSocket,
      connectionParams: () => connectionParams(this.#settings, token),
      keepAlive: { enabled: true, intervalMs: keepAliveMs, pongTimeoutMs: 2 * keepAliveMs },
      experimental_encoder: { encode: JSON.stringify, decode: (data) => this.#decode(data) },
      onOpen: () => this.#watch(),
      onClose: (event) => this.#end(this.#lost(`closed with code ${event?.code ?? "unknown"}`)),
      onError: (event) => this.#end(this.#lost(reasonOf(errorOf(event)))),
    });
  }

  #subscribe({ after, onSnapshot, onProblem }: SocketHandlers): { unsubscribe(): void } {
    const client = createTRPCClient<AppRouter>({ links: [wsLink({ client: this.#socket })] });
    const input = { lastEventId: String(after) };
    return client.snapshots.subscribe.subscribe(input, {
      onStarted: () => this.#begin(),
      onData: ({ data }) => receive(data, { onSnapshot, onProblem }),
      onError: (error) => this.#end(this.#explain(error)),
      onComplete: () => this.#end(this.#lost("the backend ended the subscription")),
    });
  }

  #begin(): void {
    this.hasBegun = true;
    clearTimeout(this.#overdue);
  }

  /** The library closes a silent connection politely, and then waits for an answer that a dead peer never gives. */
  #watch(): void {
    const listen = () => {
      clearTimeout(this.#silence);
      if (this.#hasEnded) return;
      const longestMs = 2 * this.#settings.keepAliveMs;
      this.#silence = setTimeout(() => this.#end(this.#lost(`silent for ${longestMs} ms`)), longestMs);
    };
    listen();
    this.#socket.connection?.ws?.addEventListener("message", listen);
  }

  /** The library's own hook for every message, before it acts on one. */
  #decode(data: unknown): unknown {
    const frame = readFrame(data);
    if (frame.kind === "answer") return frame.message;
    if (frame.kind === "refusal") {
      this.#refusal ??= frame.error;
      return frame.message;
    }
    // Obeyed here, where the pause before is ours to choose, so that a restart makes no storm.
    if (frame.kind === "reconnect") this.#end(this.#lost("the backend asked to connect again"));
    else this.#onProblem(malformed("not a message of a backend"));
    return NOTHING;
  }

  #end(reason: ClientError): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#overdue);
    clearTimeout(this.#silence);
    this.#resolveEnded(this.#refusal ?? reason);
    this.#subscription.unsubscribe();
    // Closed before this event is over, or the client would connect again by itself.
    void this.#socket.close();
    this.#socket.connection?.ws?.close();
  }

  #lost(reason: string): ClientError {
    return new ClientError({ code: "CLIENT_UNREACHABLE", url: this.#settings.socketUrl, reason });
  }

  #late(): ClientError {
    return new ClientError({ code: "CLIENT_TIMEOUT", path: PATH, timeoutMs: this.#settings.timeoutMs });
  }

  #explain(error: TRPCClientError<AppRouter>): ClientError {
    return readWireError(error.data) ?? this.#lost(reasonOf(error));
  }
}

/** What travels is checked for its shape only; whether to believe it is the reader's business. */
function receive(
  data: unknown,
  { onSnapshot, onProblem }: Pick<SocketHandlers, "onSnapshot" | "onProblem">,
): void {
  const parsed = SignedSnapshot.safeParse(data);
  if (parsed.success) return onSnapshot(parsed.data);
  onProblem(malformed(parsed.error.issues[0]?.message ?? "not a snapshot"));
}

function malformed(reason: string): ClientError {
  return new ClientError({ code: "CLIENT_BAD_ANSWER", path: PATH, status: null, reason });
}

/** Browsers say nothing about a failed connection; Node.js gives the error with the event. */
function errorOf(event: Event | undefined): unknown {
  return event !== undefined && "error" in event ? event.error : "the connection failed";
}
