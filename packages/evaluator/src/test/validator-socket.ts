import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import {
  type EvaluatorMessage,
  type Hello,
  JOIN_PROTOCOL,
  type ValidatorMessage,
} from "../remote/protocol.ts";

export const SECRET = "a join secret of more than thirty-two characters".replaceAll(" ", "-");

/** The validator's end of one connection: says what a test wants, and hears what comes, in order. */
export class ValidatorSocket {
  readonly socket: WebSocket;
  readonly #heard: (Hello | EvaluatorMessage)[] = [];
  #arrival = Promise.withResolvers<void>();

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data: Buffer) => {
      this.#heard.push(JSON.parse(data.toString()));
      this.#arrival.resolve();
    });
  }

  say(message: ValidatorMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  welcome(heartbeatMs = 600_000): void {
    this.say({ type: "welcome", protocol: JOIN_PROTOCOL, heartbeatMs });
  }

  /** The next message, whenever it comes. */
  async next(): Promise<Hello | EvaluatorMessage> {
    for (;;) {
      const message = this.#heard.shift();
      if (message !== undefined) return message;
      this.#arrival = Promise.withResolvers<void>();
      await this.#arrival.promise;
    }
  }
}

/** A port where a test plays the validator; other secrets than `SECRET` get 401. */
export async function validatorPort() {
  const server = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    verifyClient: ({ req }: { req: { headers: { authorization?: string } } }) =>
      req.headers.authorization === `Bearer ${SECRET}`,
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    joined: async () => {
      const [socket] = (await once(server, "connection")) as [WebSocket];
      return new ValidatorSocket(socket);
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}
