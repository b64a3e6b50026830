import { WebSocket } from "ws";
import type { Calibrated } from "../calibration/calibrated.ts";
import { CODE_HASH } from "../code-hash.ts";
import { EvaluatorError } from "../errors.ts";
import { errorFacts, LOG, type Logger } from "./log.ts";
import {
  type EvaluatorMessage,
  type Hello,
  JOIN_PROTOCOL,
  type JoinRefusal,
  MAX_MESSAGE_BYTES,
  PROGRESS_MS,
  type Received,
  type RunOrder,
  readMessage,
  ValidatorMessage,
} from "./protocol.ts";
import { runOrder } from "./run-order.ts";

/** From dialling to the welcome. */
const WELCOME_MS = 30_000;
const LEAVE_MS = 3_000;
/** Heartbeats in a row that may stay away. */
const PATIENCE = 3;
const POLICY_VIOLATION = 1008;
/** Refusals that trying again does not change. */
const FINAL: ReadonlySet<JoinRefusal> = new Set(["secret", "protocol", "code", "miscalibrated"]);

/** Whom an evaluator joins, and as whom. */
export type Place = { readonly join: string; readonly secret: string; readonly evaluatorName: string };

type Surroundings = {
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly calibrated: Calibrated;
  readonly onJoined: () => void;
  /** Whether this host offers to run agents that are containers. */
  readonly containers?: boolean;
  /** Only asks whether the validator would take it, and leaves. */
  readonly knocks?: boolean;
  /** Other than the usual is for tests. */
  readonly progressMs?: number;
};

/** How a connection ended, unless a refusal was final. */
export type SessionEnd = { readonly wasJoined: boolean; readonly why: string };

/**
 * Joins a validator once and works for it until the connection ends; whatever runs then is dropped, because the
 * validator gives it to another. Throws EVALUATOR_JOIN_REFUSED if there is no use in trying again.
 */
export function joinOnce(place: Place, surroundings: Surroundings): Promise<SessionEnd> {
  return new Session(place, surroundings).ended;
}

class Session {
  readonly #place: Place;
  readonly #around: Surroundings;
  readonly #socket: WebSocket;
  readonly #end = Promise.withResolvers<SessionEnd>();
  /** Aborts with the connection. */
  readonly #gone = new AbortController();
  readonly #runs = new Map<string, AbortController>();
  #queue: Promise<void> = Promise.resolve();
  #silence: NodeJS.Timeout;
  #silenceMs = WELCOME_MS;
  #isJoined = false;
  #why = "";

  constructor(place: Place, around: Surroundings) {
    this.#place = place;
    this.#around = around;
    this.#socket = dial(place);
    this.#silence = setTimeout(() => this.#break("no welcome in time"), WELCOME_MS);
    this.#listen();
  }

  get ended(): Promise<SessionEnd> {
    return this.#end.promise;
  }

  #listen(): void {
    const { signal } = this.#around;
    const leave = () => this.#leave();
    this.#socket.on("open", () => this.#send(helloOf(this.#place, this.#around)));
    this.#socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    this.#socket.on("ping", () => this.#hear());
    this.#socket.on("unexpected-response", (_request, { statusCode }) => this.#answered(statusCode ?? 0));
    this.#socket.on("error", (error) => this.#note(error.message));
    this.#socket.on("close", (code, reason: Buffer) => {
      signal.removeEventListener("abort", leave);
      this.#note(reason.toString() || `closed with ${code}`);
      this.#finish();
    });
    signal.addEventListener("abort", leave, { once: true });
    if (signal.aborted) leave();
  }

  #receive(data: Received, isBinary: boolean): void {
    this.#hear();
    const message = isBinary ? undefined : readMessage(ValidatorMessage, data);
    if (message === undefined) return this.#break("the validator sent what this version does not know");
    if (message.type === "refused") return this.#refused(message);
    if (message.type === "welcome") return this.#welcomed(message.heartbeatMs);
    if (message.type === "cancel") return this.#runs.get(message.run)?.abort(new Error("cancelled"));
    this.#begin(message);
  }

  #welcomed(heartbeatMs: number): void {
    this.#isJoined = true;
    this.#silenceMs = PATIENCE * heartbeatMs;
    this.#hear();
    if (this.#around.knocks === true) return this.#socket.close(1000);
    this.#around.onJoined();
  }

  /** One run after the other, although a validator that cancels one may order the next before the first has ended. */
  #begin(order: RunOrder): void {
    const stop = new AbortController();
    this.#runs.set(order.run, stop);
    this.#queue = this.#queue.then(() =>
      this.#work(order, AbortSignal.any([stop.signal, this.#gone.signal])),
    );
  }

  async #work(order: RunOrder, signal: AbortSignal): Promise<void> {
    const { log, calibrated } = this.#around;
    const facts = { run: order.run, task: order.evaluator.task, episodes: order.seeds.length };
    log.info(facts, LOG.runStarted);
    try {
      const onProgress = this.#progressOf(order);
      const result = await runOrder(order, { calibrated, signal, onProgress });
      log.info({ ...facts, failure: result.failure }, LOG.runDone);
      this.#send(result);
    } catch (error) {
      if (signal.aborted) return log.info(facts, LOG.runCancelled);
      const { code, error: message } = errorFacts(error);
      log.error({ ...facts, ...errorFacts(error) }, LOG.runFailed);
      this.#send({ type: "failed", run: order.run, code, message: message.slice(0, 500) });
    } finally {
      this.#runs.delete(order.run);
    }
  }

  /** Tells of a run that gets on, often enough for the validator to wait for it. */
  #progressOf({ run }: RunOrder): () => void {
    const { progressMs = PROGRESS_MS } = this.#around;
    let [done, toldAt] = [0, performance.now()];
    return () => {
      done += 1;
      const now = performance.now();
      if (now - toldAt < progressMs) return;
      toldAt = now;
      this.#send({ type: "progress", run, done });
    };
  }

  #send(message: EvaluatorMessage | Hello): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** The validator is there: wait anew for the next sign of it. */
  #hear(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#break("the validator fell silent"), this.#silenceMs);
  }

  #refused({ reason, message }: { reason: JoinRefusal; message: string }): void {
    this.#note(`${reason}: ${message}`);
    if (FINAL.has(reason)) this.#end.reject(this.#refusal(reason, message));
    this.#socket.terminate();
  }

  /** An answer over HTTP instead of a connection. */
  #answered(status: number): void {
    this.#note(`the validator answers ${status}`);
    if (status === 401) this.#end.reject(this.#refusal("secret", "the two sides hold different secrets"));
    this.#socket.terminate();
  }

  #refusal(reason: JoinRefusal, message: string): EvaluatorError {
    const { join: url } = this.#place;
    return new EvaluatorError({ code: "EVALUATOR_JOIN_REFUSED", reason, url }, `${url} refuses: ${message}`);
  }

  #break(why: string): void {
    this.#note(why);
    this.#socket.close(POLICY_VIOLATION);
    this.#socket.terminate();
  }

  /** Gives everything back, so that the validator hands it to another at once. */
  #leave(): void {
    this.#gone.abort(new Error("stopping"));
    this.#send({ type: "leave" });
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.close(1000);
    else this.#socket.terminate();
    setTimeout(() => this.#socket.terminate(), LEAVE_MS).unref();
  }

  /** What is said first is the cause, the rest follows from it. */
  #note(why: string): void {
    if (this.#why === "") this.#why = why;
  }

  #finish(): void {
    clearTimeout(this.#silence);
    this.#gone.abort(new Error("the connection to the validator is gone"));
    const end = { wasJoined: this.#isJoined, why: this.#why };
    // No agent of this connection runs any more when the next one begins.
    void this.#queue.then(() => this.#end.resolve(end));
  }
}

function dial({ join, secret }: Place): WebSocket {
  return new WebSocket(join, {
    headers: { authorization: `Bearer ${secret}` },
    handshakeTimeout: WELCOME_MS,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    followRedirects: false,
  });
}

function helloOf(
  { evaluatorName: name }: Place,
  { knocks = false, containers = false }: Surroundings,
): Hello {
  return { type: "hello", protocol: JOIN_PROTOCOL, name, codeHash: CODE_HASH, containers, knocks };
}
