import { ApiError, type ApiErrorCode, type KeyCaller } from "@assay/api";
import { type Clock, CodedError } from "@assay/core";
import { type Db, listKeysInForce } from "@assay/db";
import type { WebSocket } from "ws";
import type { Subnet } from "../chain/subnet.ts";
import type { Log } from "../log.ts";

const MAX_SOCKETS_PER_KEY = 4;
const MAX_BUFFERED_BYTES = 1_000_000;
const POLICY_VIOLATION = 1008;

export type RegistryOptions = {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly subnet: Subnet;
  /** Time a socket has to say who it is. */
  readonly authDeadlineMs: number;
};

/** Every open socket of this replica and whose it is; closes those that may not stay. */
export class SocketRegistry {
  readonly #options: RegistryOptions;
  readonly #callers = new Map<WebSocket, KeyCaller | undefined>();

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  /** Takes a new socket on, for as long as the deadline unless it is identified. */
  admit(socket: WebSocket): void {
    this.#callers.set(socket, undefined);
    const deadline = setTimeout(() => {
      if (this.#callers.get(socket) === undefined) cut(socket, "API_UNAUTHENTICATED");
    }, this.#options.authDeadlineMs);
    socket.once("close", () => {
      clearTimeout(deadline);
      this.#callers.delete(socket);
    });
  }

  /** Notes whose socket it is; throws API_TOO_MANY above the cap of one key. */
  identify(socket: WebSocket, caller: KeyCaller): void {
    const open = this.#identified().filter(([, { id }]) => id === caller.id).length;
    if (open >= MAX_SOCKETS_PER_KEY)
      throw new ApiError({ code: "API_TOO_MANY", what: "sockets", limit: MAX_SOCKETS_PER_KEY });
    if (this.#callers.has(socket)) this.#callers.set(socket, caller);
  }

  /** Open sockets, whoever they are of. */
  count(): number {
    return this.#callers.size;
  }

  /** Open sockets of a hotkey. */
  connectionsOf(hotkey: string): number {
    return this.#identified().filter(([, caller]) => caller.hotkey === hotkey).length;
  }

  /** Closes the sockets of a key at once. */
  endKey(id: string): void {
    for (const [socket, caller] of this.#identified()) if (caller.id === id) cut(socket, "API_KEY_REVOKED");
  }

  /** Closes sockets of keys that ended, of hotkeys that lost registration or permit, and of readers that do not read. */
  async sweep(): Promise<void> {
    const { db, clock } = this.#options;
    for (const socket of this.#callers.keys())
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
    const identified = this.#identified();
    const ids = [...new Set(identified.map(([, { id }]) => id))];
    const inForce = new Set(await listKeysInForce(db, { ids, now: new Date(clock.now()) }));
    for (const [socket, caller] of identified) {
      if (!inForce.has(caller.id)) cut(socket, "API_KEY_REVOKED");
      else this.#cutUnfit(socket, caller);
    }
  }

  #identified(): [WebSocket, KeyCaller][] {
    return [...this.#callers].flatMap(([socket, caller]) => (caller === undefined ? [] : [[socket, caller]]));
  }

  /** While the chain does not answer, nobody is taken for deregistered or without permit. */
  #cutUnfit(socket: WebSocket, { hotkey }: KeyCaller): void {
    if (hotkey === null) return;
    try {
      const neuron = this.#options.subnet.current().neurons.get(hotkey);
      if (neuron === undefined) cut(socket, "API_UNKNOWN_HOTKEY");
      else if (!neuron.validatorPermit) cut(socket, "API_PERMIT_NEEDED");
    } catch (error) {
      if (!(error instanceof CodedError) || error.code !== "API_STALE_METAGRAPH") throw error;
    }
  }
}

/** The reason of the close frame is the error's code; nothing the socket still says is listened to. */
function cut(socket: WebSocket, code: ApiErrorCode): void {
  socket.removeAllListeners("message");
  socket.close(POLICY_VIOLATION, code);
}
