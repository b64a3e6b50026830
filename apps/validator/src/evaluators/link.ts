import { randomUUID } from "node:crypto";
import {
  DEFAULT_LIMITS,
  type Evaluation,
  EvaluatorMessage,
  type Progress,
  type RunFailed,
  type RunResult,
  readMessage,
  type Task,
  type ValidatorMessage,
} from "@assay/evaluator";
import { type RawData, WebSocket } from "ws";
import { ValidatorError } from "../errors.ts";
import { problemOf } from "./check-result.ts";
import { allowanceMs, Patience, SILENCE_MS } from "./patience.ts";
import { type Refusal, refusal } from "./refusal.ts";
import type { Review } from "./review.ts";
import type { Assignment, Worker } from "./worker.ts";

/** Heartbeats in a row that may stay unanswered. */
const PATIENCE = 3;
/** Cancelled runs whose late answer is no offence. */
const REMEMBERED = 32;
const POLICY_VIOLATION = 1008;
const GOING_AWAY = 1001;
const CLOSING_MS = 2_000;

export type Limits = {
  readonly heartbeatMs: number;
  /** How long a run may go without progress. */
  readonly silenceMs: number;
  /** How long a run may take in all. */
  readonly allowanceMs: (assignment: Assignment) => number;
};
export const LINK_LIMITS: Limits = { heartbeatMs: 15_000, silenceMs: SILENCE_MS, allowanceMs };

type Owner = {
  /** Told once, however the connection ended; a refusal is the evaluator's fault. */
  readonly onEnd: (link: Link, why: Refusal | string) => void;
  readonly limits: Limits;
  readonly review: Review;
};

type Joined = Owner & { readonly name: string; readonly containers: boolean };

type Pending = PromiseWithResolvers<Evaluation> & {
  readonly run: string;
  readonly assignment: Assignment;
  readonly patience: Patience;
};

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
    throw this.#lost(verdict);
  }

  async #ask(assignment: Assignment): Promise<Evaluation> {
    const { signal } = assignment;
    signal.throwIfAborted();
    if (this.#isOver) throw this.#lost("it has left");
    const { silenceMs, allowanceMs: allowed } = this.#owner.limits;
    const limits = { silenceMs, allowanceMs: allowed(assignment) };
    const patience = new Patience(limits, (why) => this.refuse(why));
    const pending = { run: randomUUID(), assignment, patience, ...Promise.withResolvers<Evaluation>() };
    this.#pending = pending;
    const cancel = () => this.#cancel(pending);
    signal.addEventListener("abort", cancel, { once: true });
    this.#send(orderOf(pending));
    try {
      return await pending.promise;
    } finally {
      patience.end();
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
    if (message.type === "progress") return this.#progressed(message);
    if (message.type !== "leave") return this.#answered(message);
    this.#close(1000, "");
    this.#end("it leaves");
  }

  #progressed({ run, done }: Progress): void {
    if (this.#cancelled.has(run)) return;
    if (this.#pending?.run !== run)
      return this.refuse(refusal("unknown-run", "progress of nothing that was asked"));
    this.#pending.patience.progressed(done);
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
    this.#pending?.reject(this.#lost(why));
    this.#pending = undefined;
  }

  #close(code: number, reason: string): void {
    this.#socket.close(code, reason);
    // A peer that does not answer the close, or does not read at all, is cut off.
    setTimeout(() => this.#socket.terminate(), CLOSING_MS).unref();
  }

  #lost(why: Refusal | string): ValidatorError {
    const [reason, text] =
      typeof why === "string" ? [null, why] : [why.reason, `${why.reason}: ${why.message}`];
    const facts = { name: this.name, reason, why: text.slice(0, 500) };
    const message = `The evaluator ${facts.name} did not finish its run: ${facts.why}.`;
    return new ValidatorError({ code: "VALIDATOR_EVALUATOR_LOST", ...facts }, message);
  }

  #send(message: ValidatorMessage): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}

function orderOf({
  run,
  assignment: { job, artefact },
}: Pick<Pending, "run" | "assignment">): ValidatorMessage {
  const { cycleId, evaluator, taskConfig, seeds, artefactSha256 } = job;
  const bytes = Buffer.from(artefact).toString("base64");
  const what = { cycleId, evaluator, taskConfig, limits: DEFAULT_LIMITS, seeds, artefactSha256 };
  return { type: "run", run, ...what, artefact: bytes };
}
