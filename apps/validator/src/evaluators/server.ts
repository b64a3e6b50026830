import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { AnyHello, CODE_HASH, Hello, JOIN_PROTOCOL, MAX_MESSAGE_BYTES, readMessage } from "@assay/evaluator";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { Logger } from "../log.ts";
import { LOG } from "../log-messages.ts";
import { LINK_LIMITS, type Limits, Link } from "./link.ts";
import type { Pool } from "./pool.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { type Review, unreviewed } from "./review.ts";
import { bringsSecret } from "./secret.ts";

const MOST_EVALUATORS = 64;
const MOST_CONNECTIONS = 256;
const HELLO_MS = 10_000;
const POLICY_VIOLATION = 1008;

/** Addresses that only this machine reaches. */
export const LOCAL_ADDRESS: RegExp = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

export type EvaluatorServer = { readonly port: number; close(): Promise<void> };

export type Reception = {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
  readonly pool: Pool;
  readonly log: Logger;
  readonly onRefusal?: (refusal: Refusal) => void;
  /** Whether answers are believed; without it all that are possible are. */
  readonly review?: Review;
  /** Other than the usual are for tests. */
  readonly limits?: Limits;
};

/** Listens for evaluators of other hosts: who brings the secret, the protocol and the code joins the pool. */
export async function startEvaluatorServer(reception: Reception): Promise<EvaluatorServer> {
  const desk = new Desk(reception);
  const server = createServer((_request, response) =>
    response.writeHead(426, { "content-type": "text/plain" }).end("evaluators join here over WebSocket\n"),
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.on("upgrade", (request, socket, head) => desk.admit(request, { socket, head }));
  server.listen(reception.port, reception.host);
  await once(server, "listening");
  return { port: portOf(server), close: () => closed(server, desk) };
}

type Upgrade = { readonly socket: Duplex; readonly head: Buffer };

class Desk {
  readonly #reception: Reception;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  readonly #links = new Set<Link>();

  constructor(reception: Reception) {
    this.#reception = reception;
  }

  /** Without the secret nobody gets as far as a WebSocket. */
  admit(request: IncomingMessage, { socket, head }: Upgrade): void {
    socket.on("error", () => socket.destroy());
    const from = request.socket.remoteAddress ?? "unknown";
    if (!bringsSecret(request.headers.authorization, this.#reception.secret)) {
      this.#note(refusal("secret", "no secret, or another"), { from });
      return unauthorised(socket);
    }
    this.#sockets.handleUpgrade(request, socket, head, (upgraded) => this.#greet(upgraded, from));
  }

  /** The first message must be a hello, and must come soon. */
  #greet(socket: WebSocket, from: string): void {
    let isDecided = false;
    const refuse = (why: Refusal) => {
      if (isDecided) return;
      isDecided = true;
      clearTimeout(silence);
      this.#note(why, { from });
      turnAway(socket, why);
    };
    const silence = setTimeout(() => refuse(refusal("silent", "no hello in time")), HELLO_MS);
    const onError = (error: Error) => refuse(refusal("malformed", error.message));
    socket.on("error", onError);
    socket.once("close", () => clearTimeout(silence));
    socket.once("message", (data, isBinary) => {
      const hello = isBinary ? undefined : readHello(data);
      if (hello === undefined) return refuse(refusal("malformed", "no hello of this protocol"));
      if ("reason" in hello) return refuse(hello);
      if (this.#links.size >= MOST_EVALUATORS) return refuse(refusal("crowded", "too many have joined"));
      isDecided = true;
      clearTimeout(silence);
      if (hello.knocks) return this.#letGo(socket);
      socket.off("error", onError);
      this.#welcome(socket, hello, from);
    });
  }

  /** Who only asked has its answer, and is none of the evaluators. */
  #letGo(socket: WebSocket): void {
    this.#sayWelcome(socket);
    setTimeout(() => socket.terminate(), HELLO_MS).unref();
  }

  #sayWelcome(socket: WebSocket): void {
    const { heartbeatMs } = this.#reception.limits ?? LINK_LIMITS;
    socket.send(JSON.stringify({ type: "welcome", protocol: JOIN_PROTOCOL, heartbeatMs }));
  }

  #welcome(socket: WebSocket, { name, containers }: Hello, from: string): void {
    const { pool, log, limits = LINK_LIMITS, review = unreviewed } = this.#reception;
    const onEnd = (link: Link, why: Refusal | string) => {
      this.#links.delete(link);
      pool.leave(link, { isOffence: typeof why !== "string" });
      if (typeof why === "string") log.info({ name, from, why, joined: pool.joined }, LOG.evaluatorLeft);
      else this.#note(why, { name, from });
    };
    const link = new Link(socket, { name, containers, onEnd, limits, review });
    this.#links.add(link);
    this.#sayWelcome(socket);
    pool.join(link);
    log.info({ name, from, containers, joined: pool.joined }, LOG.evaluatorJoined);
  }

  #note(why: Refusal, who: { from: string; name?: string }): void {
    const { log, onRefusal } = this.#reception;
    onRefusal?.(why);
    log.warn({ ...who, ...why, code: "VALIDATOR_EVALUATOR_REFUSED" }, LOG.evaluatorRefused);
  }

  dismissAll(): void {
    for (const link of this.#links) link.dismiss();
    for (const socket of this.#sockets.clients) setTimeout(() => socket.terminate(), 1_000).unref();
    this.#sockets.close();
  }
}

/** An evaluator of another version is told so; anything else that is no hello is undefined. */
function readHello(data: RawData): Hello | Refusal | undefined {
  const any = readMessage(AnyHello, data);
  if (any !== undefined && any.protocol !== JOIN_PROTOCOL)
    return refusal("protocol", `this validator speaks version ${JOIN_PROTOCOL}, not ${any.protocol}`);
  const hello = readMessage(Hello, data);
  if (hello === undefined || hello.codeHash === CODE_HASH) return hello;
  const [ours, theirs] = [CODE_HASH, hello.codeHash].map((hash) => hash.slice(0, 8));
  return refusal(
    "code",
    `this validator evaluates with code ${ours}, not ${theirs}: install one version on both hosts`,
  );
}

/** The peer may never read or close. */
function unauthorised(socket: Duplex): void {
  socket.once("finish", () => socket.destroy());
  socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}

function turnAway(socket: WebSocket, why: Refusal): void {
  socket.send(JSON.stringify({ type: "refused", ...why }), () => socket.close(POLICY_VIOLATION, why.reason));
  setTimeout(() => socket.terminate(), HELLO_MS).unref();
}

/** A listening TCP server always has an address with a port. */
function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function closed(server: Server, desk: Desk): Promise<void> {
  const gone = once(server, "close");
  server.close();
  desk.dismissAll();
  server.closeAllConnections();
  await gone;
}
