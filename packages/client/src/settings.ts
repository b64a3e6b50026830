import { type Clock, type Signer, systemClock } from "@assay/core";

export type ClientOptions = {
  /** Where the backend is, as it is to be dialled: `https://host[:port]`. */
  url: string;
  netuid: number;
  /** Signs the requests of a miner or a validator. */
  signer?: Signer;
  /** For admins, reviewers and viewers, and for a validator's subscription. */
  apiKey?: string;
  /** Longest wait for an answer, and for a subscription to begin. */
  timeoutMs?: number;
  /** Longest pause before the first new connection of a subscription; it doubles with every failure. */
  firstPauseMs?: number;
  /** A subscription whose peer says nothing for this long is asked whether it is alive. */
  keepAliveMs?: number;
  clock?: Clock;
  /** Uniform in [0, 1): spreads the reconnections of many clients. */
  random?: () => number;
  fetch?: typeof globalThis.fetch;
  WebSocket?: typeof globalThis.WebSocket;
};

/** Options with everything that was left out. */
export type Settings = Omit<ClientOptions, "url"> &
  Required<Omit<ClientOptions, "url" | "signer" | "apiKey">> & {
    /** Address of the procedures, without a slash at the end. */
    httpUrl: string;
    socketUrl: string;
  };

/** Fills in what was left out; throws if the URL is none. */
export function readOptions({ url, ...given }: ClientOptions): Settings {
  const base = new URL(url);
  const httpUrl = `${base.origin}${base.pathname.replace(/\/$/, "")}/trpc`;
  return {
    ...given,
    httpUrl,
    socketUrl: httpUrl.replace(/^http/, "ws").replace(/trpc$/, "ws"),
    timeoutMs: given.timeoutMs ?? 30_000,
    firstPauseMs: given.firstPauseMs ?? 1_000,
    keepAliveMs: given.keepAliveMs ?? 15_000,
    clock: given.clock ?? systemClock,
    random: given.random ?? Math.random,
    // Not the function itself: a browser's refuses to be called as the member of another object.
    fetch: given.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    WebSocket: given.WebSocket ?? globalThis.WebSocket,
  };
}
