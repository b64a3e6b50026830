import type { SignedSnapshot } from "@assay/core";
import { pause, pauseMs } from "./backoff.ts";
import type { ClientError } from "./errors.ts";
import { Mailbox } from "./mailbox.ts";
import type { Settings } from "./settings.ts";
import { SnapshotSocket } from "./socket.ts";

export type SubscribeOptions = {
  /** Ends the subscription. */
  signal?: AbortSignal | undefined;
  /** The version seen last, from before this process began. */
  after?: number;
  /** Told of every lost connection and malformed message, for the log; the subscription goes on by itself. */
  onProblem?: (problem: ClientError) => void;
};

/**
 * Snapshots as they are published, over connections that are renewed with full jitter.
 *
 * Versions only grow, and a slow reader gets the newest; throws ClientError only if the API key is refused.
 */
export async function* subscribeSnapshots(
  settings: Settings,
  { signal, after = 0, onProblem = () => {} }: SubscribeOptions = {},
): AsyncGenerator<SignedSnapshot, void, undefined> {
  const { random, firstPauseMs: firstMs } = settings;
  let seen = after;
  for (let failures = 0; !isAborted(signal); failures++) {
    const connection = connect(settings, { after: seen, signal, onProblem });
    try {
      for await (const snapshot of connection.snapshots) {
        seen = snapshot.version;
        yield snapshot;
      }
    } finally {
      connection.close();
    }
    if (isAborted(signal)) return;
    const reason = await connection.ended;
    if (isFinal(reason)) throw reason;
    onProblem(reason);
    if (connection.hasBegun()) failures = 0;
    await pause(pauseMs(failures, { firstMs, random }), signal);
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

type Connection = {
  /** The newest above what was seen, again and again until the connection is over. */
  snapshots: AsyncIterable<SignedSnapshot>;
  ended: Promise<ClientError>;
  /** Only what was never accepted counts as one failure more. */
  hasBegun: () => boolean;
  close: () => void;
};

type ConnectOptions = {
  after: number;
  signal: AbortSignal | undefined;
  onProblem: (problem: ClientError) => void;
};

function connect(settings: Settings, { after, signal, onProblem }: ConnectOptions): Connection {
  const mailbox = new Mailbox<SignedSnapshot>();
  let newest = after;
  const onSnapshot = (snapshot: SignedSnapshot) => {
    if (snapshot.version <= newest) return;
    newest = snapshot.version;
    mailbox.put(snapshot);
  };
  const socket = new SnapshotSocket(settings, { after, onSnapshot, onProblem });
  void socket.ended.then(() => mailbox.end());
  const stop = () => socket.close();
  signal?.addEventListener("abort", stop, { once: true });
  const close = () => {
    signal?.removeEventListener("abort", stop);
    stop();
  };
  return { snapshots: mailbox.values(signal), ended: socket.ended, hasBegun: () => socket.hasBegun, close };
}

const FINAL: ReadonlySet<string> = new Set([
  "API_UNAUTHENTICATED",
  "API_FORBIDDEN",
  "API_INVALID_KEY",
  "API_PROOF_NEEDED",
  "API_KEY_REVOKED",
  "API_KEY_EXPIRED",
  "API_INVALID_INPUT",
  "API_UNKNOWN_PROCEDURE",
] satisfies ClientError["code"][]);

/** Connecting again with the same key cannot help. */
function isFinal({ code }: ClientError): boolean {
  return FINAL.has(code);
}
