import { once } from "node:events";
import { CODE_HASH, JOIN_PROTOCOL, type RunOrder, type ValidatorMessage } from "@assay/evaluator";
import { WebSocket } from "ws";

export const SECRET = "s3cr3t".repeat(8);

/** An evaluator's end of one connection, honest or not: says what a test wants, and hears what comes, in order. */
export class EvaluatorSocket {
  readonly socket: WebSocket;
  readonly closed: Promise<unknown>;
  readonly #heard: ValidatorMessage[] = [];
  #arrival = Promise.withResolvers<void>();

  constructor(port: number, options: { authorization?: string; autoPong?: boolean } = {}) {
    const { authorization = `Bearer ${SECRET}`, autoPong = true } = options;
    this.socket = new WebSocket(`ws://127.0.0.1:${port}`, { headers: { authorization }, autoPong });
    this.socket.on("message", (data: Buffer) => {
      this.#heard.push(JSON.parse(data.toString()));
      this.#arrival.resolve();
    });
    this.socket.on("error", () => {});
    this.closed = new Promise((resolve) => this.socket.once("close", resolve));
  }

  /** Joins as a correct evaluator does. */
  async join(about: object = {}): Promise<this> {
    await once(this.socket, "open");
    const hello = { type: "hello", protocol: JOIN_PROTOCOL, name: "stranger", codeHash: CODE_HASH };
    this.say({ ...hello, containers: false, knocks: false, ...about });
    return this;
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The next message, whenever it comes. */
  async next(): Promise<ValidatorMessage> {
    for (;;) {
      const message = this.#heard.shift();
      if (message !== undefined) return message;
      this.#arrival = Promise.withResolvers<void>();
      await this.#arrival.promise;
    }
  }

  /** What came and was not asked for yet. */
  heard(): readonly ValidatorMessage[] {
    return this.#heard;
  }

  /** The next order; what it answers must be a run. */
  async order(): Promise<RunOrder> {
    const message = await this.next();
    if (message.type !== "run") throw new Error(`expected an order, heard ${message.type}`);
    return message;
  }
}
