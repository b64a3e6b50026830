import { type Client, type ClientOptions, createClient } from "@assay/client";
import { type Spawned, spawnBackend } from "./process.ts";
import { NETUID } from "./world.ts";

/** The one name all replicas are reached by, as behind a balancer. */
const NAME = "http://assay.test";

export type Replica = Spawned & { readonly url: string };

export type FleetClientOptions = Pick<ClientOptions, "signer" | "apiKey"> & {
  /** The replica the first request goes to; the others go round. */
  first?: Replica;
};

/** Replicas in processes of their own, on one database and one chain, under one name. */
export class Fleet {
  readonly #env: Readonly<Record<string, string>>;
  readonly #started: Spawned[] = [];
  #live: Replica[] = [];
  #turn = 0;
  #arrival = Promise.withResolvers<void>();

  constructor(env: Readonly<Record<string, string>>) {
    this.#env = env;
  }

  /** Starts a replica, which after `doom` dies at a moment; requests reach it once it is ready. */
  async start(moment = ""): Promise<Replica> {
    const spawned = spawnBackend(new URL("./mortal-main.ts", import.meta.url), {
      args: [moment],
      env: { ...this.#env, ASSAY_PUBLIC_URL: NAME },
    });
    this.#started.push(spawned);
    const replica = { ...spawned, url: (await spawned.ready).url };
    this.#live.push(replica);
    void spawned.ended.then(() => this.#forget(replica));
    this.#arrival.resolve();
    return replica;
  }

  /** Replicas that answer, as far as is known. */
  live(): readonly Replica[] {
    return this.#live;
  }

  /** Kill -9 at the replica's moment, the next time it comes. */
  doom({ child }: Replica): void {
    child.kill("SIGUSR2");
  }

  /** Kill -9 now. */
  async kill(replica: Replica): Promise<void> {
    this.#forget(replica);
    replica.child.kill("SIGKILL");
    await replica.ended;
  }

  /** A client that finds a living replica for every request and every connection. */
  client({ first, ...who }: FleetClientOptions = {}): Client {
    const socketUrl = (address: string | URL) => this.#socketUrl(new URL(address));
    let preferred = first;
    const goTo = async (address: URL) => {
      const replica = preferred ?? (await this.#someone());
      preferred = undefined;
      return new URL(address.pathname + address.search, replica.url);
    };
    return createClient({
      ...who,
      url: NAME,
      netuid: NETUID,
      timeoutMs: 60_000,
      firstPauseMs: 20,
      fetch: async (input, init) => {
        const address = new URL(input instanceof Request ? input.url : input);
        return fetch(await goTo(address), init);
      },
      WebSocket: class extends WebSocket {
        constructor(address: string | URL) {
          super(socketUrl(address));
        }
      },
    });
  }

  /** Ends every process, also those that are not ready yet. */
  async close(): Promise<void> {
    for (const { child } of this.#started) child.kill("SIGKILL");
    await Promise.all(this.#started.map(({ ended }) => ended));
  }

  async #someone(): Promise<Replica> {
    for (;;) {
      const replica = this.#next();
      if (replica !== undefined) return replica;
      await this.#arrival.promise;
    }
  }

  #next(): Replica | undefined {
    this.#turn += 1;
    return this.#live[this.#turn % this.#live.length];
  }

  /** While nobody lives, the name itself, which nobody answers: the client tries again by itself. */
  #socketUrl({ pathname, search }: URL): string {
    return (this.#next()?.url ?? NAME).replace("http", "ws") + pathname + search;
  }

  #forget(replica: Replica): void {
    this.#live = this.#live.filter((one) => one !== replica);
    if (this.#live.length === 0) this.#arrival = Promise.withResolvers();
  }
}
