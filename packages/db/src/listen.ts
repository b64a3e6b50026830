import { setTimeout as pause } from "node:timers/promises";
import { Client, escapeIdentifier } from "pg";
import type { Channel } from "./notify.ts";

export type ListenOptions = {
  channels: readonly Channel[];
  onNotify: (channel: string, payload: string) => void;
  /** Called after every connection, the first included: what was notified meanwhile must be read from its table. */
  onConnect?: () => void;
  /** Called when the connection is lost; the next one is already being tried. */
  onLost?: (error: Error) => void;
};

/** A connection that hears notifications until it is closed. */
export type Listener = { close(): Promise<void> };

const LONGEST_PAUSE_MS = 2_000;

/** Listens on a connection of its own and connects again by itself; throws only if the first connection fails. */
export async function listen(url: string, options: ListenOptions): Promise<Listener> {
  const listener = new Reconnecting(url, options);
  await listener.connect();
  return listener;
}

class Reconnecting implements Listener {
  readonly #url: string;
  readonly #options: ListenOptions;
  readonly #closing = new AbortController();
  #client: Client | undefined;
  #recovery: Promise<void> = Promise.resolve();

  constructor(url: string, options: ListenOptions) {
    this.#url = url;
    this.#options = options;
  }

  async connect(): Promise<void> {
    const client = this.#newClient();
    try {
      await client.connect();
      for (const channel of this.#options.channels) await client.query(`listen ${escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    client.once("end", () => this.#lost(client, new Error("the connection has ended")));
    if (this.#closing.signal.aborted) return client.end();
    this.#client = client;
    this.#options.onConnect?.();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#recovery;
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  #newClient(): Client {
    const client = new Client({
      connectionString: this.#url,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      application_name: "assay-listen",
    });
    client.on("notification", ({ channel, payload = "" }) => this.#options.onNotify(channel, payload));
    client.on("error", (error) => this.#lost(client, error));
    return client;
  }

  /** Only the connection in use counts, and only once: an error is followed by an end. */
  #lost(client: Client, error: Error): void {
    if (client !== this.#client || this.#closing.signal.aborted) return;
    this.#client = undefined;
    void client.end().catch(() => undefined);
    this.#options.onLost?.(error);
    this.#recovery = this.#reconnect();
  }

  async #reconnect(): Promise<void> {
    for (let attempt = 0; !this.#closing.signal.aborted; attempt++) {
      const connected = await this.connect().then(
        () => true,
        () => false,
      );
      if (connected) return;
      const longest = Math.min(LONGEST_PAUSE_MS, 50 * 2 ** attempt);
      const { signal } = this.#closing;
      await pause(Math.random() * longest, undefined, { signal }).catch(() => undefined);
    }
  }
}
