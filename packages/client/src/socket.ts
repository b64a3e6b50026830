import type { AppRouter } from "@assay/api";
import { SignedSnapshot } from "@assay/core";
import { createTRPCClient, createWSClient, type TRPCClientError, wsLink } from "@trpc/client";
import { ClientError } from "./errors.ts";
import { reasonOf, requireApiKey } from "./http.ts";
import type { Settings } from "./settings.ts";
import { isRecord, readWireError } from "./wire-error.ts";

const PATH = "snapshots.subscribe";

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
  readonly #settings: Settings;
  readonly #resolveEnded: (reason: ClientError) => void;
  readonly #socket: ReturnType<typeof createWSClient>;
  readonly #subscription: { unsubscribe(): void };
  readonly #overdue: ReturnType<typeof setTimeout>;
  #refusal: ClientError | undefined;

  constructor(settings: Settings, handlers: SocketHandlers) {
    this.#settings = settings;
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
      connectionParams: { token },
      keepAlive: { enabled: true, intervalMs: keepAliveMs, pongTimeoutMs: keepAliveMs },
      experimental_encoder: { encode: JSON.stringify, decode: (data) => this.#decode(data) },
      onClose: (event) => this.#end(this.#lost(`closed with code ${event?.code ?? "unknown"}`)),
      onError: (event) => this.#end(this.#lost(reasonOf(errorOf(event)))),
    });
  }

  #subscribe({ after, onSnapshot, onProblem }: SocketHandlers): { unsubscribe(): void } {
    const client = createTRPCClient<AppRouter>({ links: [wsLink({ client: this.#socket })] });
    const input = { lastEventId: String(after) };
    return client.snapshots.subscribe.subscribe(input, {
      onStarted: () => clearTimeout(this.#overdue),
      onData: ({ data }) => receive(data, { onSnapshot, onProblem }),
      onError: (error) => this.#end(this.#explain(error)),
      onComplete: () => this.#end(this.#lost("the backend ended the subscription")),
    });
  }

  /** Some messages belong to no request and are shown to nobody but the decoder. */
  #decode(data: unknown): unknown {
    const message: unknown = typeof data === "string" ? JSON.parse(data) : data;
    if (!isRecord(message)) return message;
    if (message["id"] === null && isRecord(message["error"]))
      this.#refusal ??= readWireError(message["error"]["data"]);
    // Obeyed here, where the pause before is ours to choose, so that a restart makes no storm.
    if (message["method"] === "reconnect") this.#end(this.#lost("the backend asked to connect again"));
    return message;
  }

  #end(reason: ClientError): void {
    clearTimeout(this.#overdue);
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
  const reason = parsed.error.issues[0]?.message ?? "not a snapshot";
  onProblem(new ClientError({ code: "CLIENT_BAD_ANSWER", path: PATH, status: null, reason }));
}

/** Browsers say nothing about a failed connection; Node.js gives the error with the event. */
function errorOf(event: Event | undefined): unknown {
  return event !== undefined && "error" in event ? event.error : "the connection failed";
}
