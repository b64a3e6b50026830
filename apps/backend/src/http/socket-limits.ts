import type { WebSocket } from "ws";

/** Sockets of one address that may be open without having said whose they are. */
const MAX_WAITING = 32;
/** Messages a socket may send at once, and how many more each second allows: a client sends a few, then answers pings. */
const BURST = 60;
const PER_SECOND = 2;
/** What may wait for a reader while it asks for more. */
const MAX_BUFFERED_BYTES = 1_000_000;
const POLICY_VIOLATION = 1008;

/** What strangers may have open, and what anybody may say on a socket. */
export class SocketLimits {
  readonly #nowMs: () => number;
  readonly #waiting = new Map<string, Set<WebSocket>>();

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Whether an address may open one more socket. */
  hasRoom(address: string): boolean {
    return (this.#waiting.get(address)?.size ?? 0) < MAX_WAITING;
  }

  /** Counts a socket to its address until it is known or closed, and cuts it when it says too much. */
  admit(socket: WebSocket, address: string): void {
    const waiting = this.#waiting.get(address) ?? new Set();
    this.#waiting.set(address, waiting.add(socket));
    socket.once("close", () => this.release(socket));
    const take = this.#allowance();
    const hear = () => {
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
      else if (!take()) cut(socket, hear);
    };
    socket.on("message", hear).on("ping", hear);
  }

  /** No longer counts a socket: somebody in particular answers for it, or it is closed. */
  release(socket: WebSocket): void {
    for (const [address, waiting] of this.#waiting)
      if (waiting.delete(socket) && waiting.size === 0) this.#waiting.delete(address);
  }

  #allowance(): () => boolean {
    let [left, at] = [BURST, this.#nowMs()];
    return () => {
      const now = this.#nowMs();
      left = Math.min(BURST, left + ((now - at) / 1000) * PER_SECOND) - 1;
      at = now;
      return left >= 0;
    };
  }
}

function cut(socket: WebSocket, hear: () => void): void {
  socket.removeAllListeners("message").off("ping", hear);
  socket.close(POLICY_VIOLATION, "API_RATE_LIMITED");
}
