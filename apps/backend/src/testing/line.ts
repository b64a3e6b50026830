import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { CONNECTION_PURPOSE, CONNECTION_TARGET, requestBytes, type SignedSnapshot } from "@assay/core";
import { WebSocket } from "ws";
import { hotkeyOf, NETUID, START_MS } from "./world.ts";

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

export type Proof = { name?: string; timestampMs?: number; audience?: string; nonce?: string };

/** A socket that has said which key it has, and proved to hold the hotkey of a participant. */
export async function authenticated(at: { url: string }, token: string, proof: Proof = {}): Promise<Line> {
  const line = dial(at);
  await once(line.socket, "open");
  line.say({ method: "connectionParams", data: await connectionData(at, { token, ...proof }) });
  return line;
}

/** What a validator says first; left out, Vera says it when the tests' time begins. */
export async function connectionData(
  { url }: { url: string },
  {
    token,
    name = "Vera",
    timestampMs = START_MS,
    audience = url,
    nonce = randomBytes(16).toString("hex"),
  }: Proof & { token: string },
): Promise<Record<string, string>> {
  const signer = await hotkeyOf(name);
  const bodySha256 = createHash("sha256").update(token).digest("hex");
  const place = { purpose: CONNECTION_PURPOSE, method: "GET", target: CONNECTION_TARGET, audience } as const;
  const sender = { netuid: NETUID, signer: signer.address, timestampMs, nonce, bodySha256 };
  const signature = await signer.sign(requestBytes({ ...place, ...sender }));
  return { token, timestampMs: String(timestampMs), nonce, signature };
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
