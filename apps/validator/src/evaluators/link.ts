import { randomUUID } from "node:crypto";
import {
  DEFAULT_LIMITS,
  type Evaluation,
  EvaluatorMessage,
  type RunFailed,
  type RunResult,
  readMessage,
  type Task,
  type ValidatorMessage,
} from "@assay/evaluator";
import { type RawData, WebSocket } from "ws";
import { ValidatorError } from "../errors.ts";
import { problemOf } from "./check-result.ts";
import { type Refusal, refusal } from "./refusal.ts";
import type { Review } from "./review.ts";
import { type Assignment, EVALUATION_MS, type Worker } from "./worker.ts";

/** Heartbeats in a row that may stay unanswered. */
const PATIENCE = 3;
/** Cancelled runs whose late answer is no offence. */
const REMEMBERED = 32;
const POLICY_VIOLATION = 1008;
const GOING_AWAY = 1001;
const CLOSING_MS = 2_000;

export type Limits = { readonly heartbeatMs: number; readonly runMs: number };
export const LINK_LIMITS: Limits = { heartbeatMs: 15_000, runMs: EVALUATION_MS };

type Owner = {
  /** Told once, however the connection ended; a refusal is the evaluator's fault. */
  readonly onEnd: (link: Link, why: Refusal | string) => void;
  readonly limits: Limits;
  readonly review: Review;
};

type Joined = Owner & { readonly name: string; readonly containers: boolean };

type Pending = PromiseWithResolvers<Evaluation> & { readonly run: string; readonly assignment: Assignment };

/** One evaluator that joined, as a worker: it can answer what it was asked and nothing else. */
export class Link implements Worker {
  readonly name: string;
  readonly #hasContainers: boolean;
  readonly #socket: WebSocket;
  readonly #owner: Owner;
  readonly #beat: NodeJS.Timeout;
  readonly #cancelled = new Set<string>();
  #pending: Pending | undefined;
  #unanswered = 0;
  #isOver = false;

  constructor(socket: WebSocket, { name, containers, ...owner }: Joined) {
    this.name = name;
    this.#hasContainers = containers;
    this.#socket = socket;
    this.#owner = owner;
    this.#beat = setInterval(() => this.#pulse(), owner.limits.heartbeatMs);
    socket.on("pong", () => {
      this.#unanswered = 0;
    });
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    socket.on("error", (error) => this.#failed(error));
    socket.on("close", () => this.#end("the connection is gone"));
  }

  suits({ agents }: Task): boolean {
    return agents !== "container" || this.#hasContainers;
  }

  /** Rejects with VALIDATOR_EVALUATOR_LOST if this evaluator cannot say, and with the signal's reason. */
  async evaluate(assignment: Assignment): Promise<Evaluation> {
    const said = await this.#ask(assignment);
    const verdict = await this.#owner.review(said, assignment);
    if ("ok" in verdict) return verdict;
    this.refuse(verdict);
    throw this.#lost(`${verdict.reason}: ${verdict.message}`);
  }

  async #ask(assignment: Assignment): Promise<Evaluation> {
    const { signal } = assignment;
    signal.throwIfAborted();
    if (this.#isOver) throw this.#lost("it has left");
    const pending: Pending = { run: randomUUID(), assignment, ...Promise.withResolvers<Evaluation>() };
    this.#pending = pending;
    const cancel = () => this.#cancel(pending);
    const overdue = () => this.refuse(refusal("overdue", "a run took longer than any may"));
    const deadline = setTimeout(overdue, this.#owner.limits.runMs);
    signal.addEventListener("abort", cancel, { once: true });
    this.#send(orderOf(pending));
    try {
      return await pending.promise;
    } finally {
      clearTimeout(deadline);
      signal.removeEventListener("abort", cancel);
    }
  }

  /** Ends the connection by a fault of the evaluator. */
  refuse(why: Refusal): void {
    this.#send({ type: "refused", ...why });
    this.#close(POLICY_VIOLATION, why.reason);
    this.#end(why);
  }

  /** Ends the connection because this validator stops; the evaluator comes back by itself. */
  dismiss(): void {
    this.#close(GOING_AWAY, "the validator stops");
    this.#end("the validator stops");
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#isOver) return;
    this.#unanswered = 0;
    const message = isBinary ? undefined : readMessage(EvaluatorMessage, data);
    if (message === undefined) return this.refuse(refusal("malformed", "no message of this protocol"));
    if (message.type !== "leave") return this.#answered(message);
    this.#close(1000, "");
    this.#end("it leaves");
  }

  #answered(message: RunResult | RunFailed): void {
    if (this.#cancelled.delete(message.run)) return;
    const pending = this.#pending;
    if (pending?.run !== message.run)
      return this.refuse(refusal("unknown-run", "an answer to nothing that was asked"));
    if (message.type === "failed") return this.#couldNot(pending, message);
    const problem = problemOf(message, pending.assignment);
    if (problem !== undefined) return this.refuse(problem);
    this.#pending = undefined;
    const { episodes, failure } = message;
    pending.resolve(failure === null ? { ok: true, episodes } : { ok: false, failure });
  }

  #couldNot(pending: Pending, { code, message }: RunFailed): void {
    if (code === "EVALUATOR_MISCALIBRATED")
      return this.refuse(refusal("miscalibrated", "its reference agents earn something else"));
    this.#pending = undefined;
    pending.reject(this.#lost(`${code}: ${message}`));
  }

  #cancel(pending: Pending): void {
    if (this.#pending !== pending) return;
    this.#pending = undefined;
    this.#cancelled.add(pending.run);
    const [oldest] = this.#cancelled;
    if (this.#cancelled.size > REMEMBERED && oldest !== undefined) this.#cancelled.delete(oldest);
    this.#send({ type: "cancel", run: pending.run });
    pending.reject(pending.assignment.signal.reason);
  }

  #pulse(): void {
    if (this.#unanswered >= PATIENCE) return this.refuse(refusal("silent", "it does not answer"));
    this.#unanswered += 1;
    this.#socket.ping();
  }

  /** What the library refused to read, before it became a message. */
  #failed(error: Error): void {
    const code = "code" in error ? error.code : undefined;
    this.#close(POLICY_VIOLATION, "");
    if (code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH")
      return this.#end(refusal("too-large", "a message larger than any may be"));
    if (String(code).startsWith("WS_ERR_")) return this.#end(refusal("malformed", error.message));
    this.#end(error.message);
  }

  #end(why: Refusal | string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#beat);
    this.#owner.onEnd(this, why);
    this.#pending?.reject(this.#lost(typeof why === "string" ? why : `${why.reason}: ${why.message}`));
    this.#pending = undefined;
  }

  #close(code: number, reason: string): void {
    this.#socket.close(code, reason);
    // A peer that does not answer the close, or does not read at all, is cut off.
    setTimeout(() => this.#socket.terminate(), CLOSING_MS).unref();
  }

  #lost(why: string): ValidatorError {
    const facts = { name: this.name, why: why.slice(0, 500) };
    const message = `The evaluator ${facts.name} did not finish its run: ${facts.why}.`;
    return new ValidatorError({ code: "VALIDATOR_EVALUATOR_LOST", ...facts }, message);
  }

  #send(message: ValidatorMessage): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}

function orderOf({ run, assignment: { job, artefact } }: Pending): ValidatorMessage {
  const { cycleId, evaluator, taskConfig, seeds, artefactSha256 } = job;
  const bytes = Buffer.from(artefact).toString("base64");
  const what = { cycleId, evaluator, taskConfig, limits: DEFAULT_LIMITS, seeds, artefactSha256 };
  return { type: "run", run, ...what, artefact: bytes };
}
