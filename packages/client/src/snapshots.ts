import type { SignedSnapshot } from "@assay/core";
import { pause, pauseMs } from "./backoff.ts";
import { ClientError } from "./errors.ts";
import { Mailbox } from "./mailbox.ts";
import { SnapshotPoll } from "./poll.ts";
import { Seen, type SnapshotConflict } from "./seen.ts";
import type { Settings } from "./settings.ts";
import { SnapshotSocket } from "./socket.ts";

export type SubscribeOptions = {
  /** Ends the subscription. */
  signal?: AbortSignal | undefined;
  /** The version seen last, from before this process began. */
  after?: number;
  /** Told of every lost connection and malformed message, for the log; the subscription goes on by itself. */
  onProblem?: (problem: ClientError) => void;
  /** Given both snapshots when one contradicts another of its version; `onProblem` is told as well. */
  onConflict?: (conflict: SnapshotConflict) => void;
};

/**
 * Snapshots as they are published, over connections that are renewed with full jitter. Where none can be opened, the
 * newest is asked for over HTTP before each new attempt.
 *
 * Versions only grow, and a slow reader gets the newest; throws ClientError only if the API key is refused.
 */
export async function* subscribeSnapshots(
  settings: Settings,
  { signal, after = 0, onProblem = () => {}, onConflict = () => {} }: SubscribeOptions = {},
): AsyncGenerator<SignedSnapshot, void, undefined> {
  const { random, firstPauseMs: firstMs } = settings;
  const seen = new Seen(after);
  const poll = new SnapshotPoll(settings);
  const isNew = (snapshot: SignedSnapshot) => judge(seen.take(snapshot), { onProblem, onConflict });
  for (let failures = 0; !isAborted(signal); failures++) {
    const connection = connect(settings, { after: seen.newest, signal, onProblem, isNew });
    try {
      yield* connection.snapshots;
    } finally {
      connection.close();
    }
    if (isAborted(signal)) return;
    const reason = await connection.ended;
    if (isFinal(reason)) throw reason;
    onProblem(reason);
    if (connection.hasBegun()) failures = 0;
    else if (isUnopened(reason)) {
      const newest = await ask(poll, { signal, onProblem, besides: reason });
      if (newest !== undefined && isNew(newest)) yield newest;
    }
    await pause(pauseMs(failures, { firstMs, random }), signal);
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

type Told = Required<Pick<SubscribeOptions, "onProblem" | "onConflict">>;

/** Whether what was taken in is new; what contradicts is told, never dropped in silence. */
function judge(taken: "new" | "known" | SnapshotConflict, { onProblem, onConflict }: Told): boolean {
  if (typeof taken === "string") return taken === "new";
  const { version, first, other } = taken;
  const facts = { version, signature: first.signature, other: other.signature };
  const message = `Two different snapshots came as version ${version}.`;
  onProblem(new ClientError({ code: "CLIENT_SNAPSHOT_CONFLICT", ...facts }, message));
  onConflict(taken);
  return false;
}

/** Whether the backend was not heard at all, as behind a proxy that lets no WebSocket through. */
function isUnopened({ code }: ClientError): boolean {
  return code === "CLIENT_UNREACHABLE" || code === "CLIENT_TIMEOUT";
}

type Asking = {
  signal: AbortSignal | undefined;
  onProblem: (problem: ClientError) => void;
  /** Why the WebSocket did not open, which is not told twice. */
  besides: ClientError;
};

async function ask(
  poll: SnapshotPoll,
  { signal, onProblem, besides }: Asking,
): Promise<SignedSnapshot | undefined> {
  try {
    return await poll.next(signal);
  } catch (problem) {
    if (!(problem instanceof ClientError) || isFinal(problem)) throw problem;
    if (!isAborted(signal) && problem.code !== besides.code) onProblem(problem);
    return undefined;
  }
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
  isNew: (snapshot: SignedSnapshot) => boolean;
};

function connect(settings: Settings, { after, signal, onProblem, isNew }: ConnectOptions): Connection {
  const mailbox = new Mailbox<SignedSnapshot>();
  const onSnapshot = (snapshot: SignedSnapshot) => {
    if (isNew(snapshot)) mailbox.put(snapshot);
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
