import { once } from "node:events";
import type { SignedSnapshot } from "@assay/core";
import { WebSocket } from "ws";

/** A socket that keeps what it hears, so that nothing is missed between two waits. */
export type Line = {
  readonly socket: WebSocket;
  /** Resolves when the socket has ended. */
  readonly closed: Promise<{ code: number; reason: string }>;
  /** The next message; undefined once the socket has ended and everything is read. */
  next(): Promise<unknown>;
  say(message: object): void;
};

export function dial({ url }: { url: string }, headers = {}): Line {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws?connectionParams=1`, { headers });
  // A socket that is refused or cut also fails, which tests see by its end.
  socket.on("error", () => {});
  const heard: unknown[] = [];
  let [wake, hasEnded] = [() => {}, false];
  socket.on("message", (data: Buffer) => {
    const text = data.toString("utf8");
    if (text === "PING") return socket.send("PONG");
    heard.push(JSON.parse(text));
    wake();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once("close", (code, reason) => {
      hasEnded = true;
      wake();
      resolve({ code, reason: reason.toString() });
    });
  });
  const next = async (): Promise<unknown> => {
    while (heard.length === 0 && !hasEnded) await new Promise<void>((resolve) => (wake = resolve));
    return heard.shift();
  };
  return { socket, next, closed, say: (message) => socket.send(JSON.stringify(message)) };
}

/** A socket that has said which key it has. */
export async function authenticated(at: { url: string }, token: string): Promise<Line> {
  const line = dial(at);
  await once(line.socket, "open");
  line.say({ method: "connectionParams", data: { token } });
  return line;
}

export function subscribe(
  line: Line,
  { id = 1, lastEventId }: { id?: number; lastEventId?: string } = {},
): void {
  const params = {
    path: "snapshots.subscribe",
    input: null,
    ...(lastEventId === undefined ? {} : { lastEventId }),
  };
  line.say({ id, method: "subscription", params });
}

/** The next snapshot that arrives, past what the protocol says in between; undefined if the socket ends first. */
export async function nextSnapshot(line: Line): Promise<SignedSnapshot | undefined> {
  for (;;) {
    const message = (await line.next()) as
      | { result?: { type: string; data: { data: SignedSnapshot } } }
      | undefined;
    if (message?.result?.type === "data") return message.result.data.data;
    if (message === undefined) return undefined;
    if (message.result?.type !== "started") throw new Error(JSON.stringify(message));
  }
}

/** The code of the next error that arrives. */
export async function nextError(line: Line): Promise<string> {
  for (;;) {
    const message = (await line.next()) as { error?: { data: { code: string } } };
    if (message.error !== undefined) return message.error.data.code;
  }
}
