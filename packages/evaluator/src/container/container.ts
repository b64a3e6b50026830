import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { agentError } from "../agent-error.ts";
import { EvaluatorError } from "../errors.ts";
import { refuse } from "../inspect/refuse.ts";
import type { AgentPort } from "../rollout.ts";
import { ROW_HEAD } from "../sandbox/lanes.ts";
import type { Task } from "../task.ts";
import type { Engine } from "./engine.ts";
import { CONTAINER_LIMITS } from "./limits.ts";
import { LineReader } from "./line-reader.ts";
import { Mailbox } from "./mailbox.ts";
import { greeting, readActions, readReady, turnLine } from "./messages.ts";
import type { ContainerNames } from "./names.ts";
import { assertEngineWorks } from "./probe.ts";

const MAX_OUTPUT_CHARS = 2_000;

/** What happens next: a line, the end of the command, time that has run out, output nobody may send, or our own stop. */
type Event =
  | { readonly is: "line"; readonly text: string }
  | { readonly is: "ended"; readonly exitCode: number | null; readonly signal: string | null }
  | { readonly is: "late" }
  | { readonly is: "unwanted"; readonly detail: string }
  | { readonly is: "aborted"; readonly reason: unknown };

type Wait = { readonly what: string; readonly ms: number };
type Means = {
  readonly engine: Engine;
  readonly names: ContainerNames;
  readonly task: Task;
  /** Milliseconds on the clock. */
  readonly limits: { readonly turnMs: number; readonly totalMs: number };
  readonly signal: AbortSignal;
};

/** The agent's container as the evaluator sees it: one for every evaluation, spoken to in lines of JSON. */
export class Container implements AgentPort {
  readonly #means: Means;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines = new LineReader(CONTAINER_LIMITS.lineBytes);
  readonly #exited = Promise.withResolvers<void>();
  readonly #events = new Mailbox<Event>();
  #isAwaited = false;
  #output = "";
  #turn = 0;
  #leftMs: number;

  constructor(means: Means) {
    this.#means = means;
    this.#leftMs = means.limits.totalMs;
    this.#child = means.engine.run(means.names);
    this.#listen();
    const { signal } = means;
    const abort = () => this.#events.put({ is: "aborted", reason: signal.reason });
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
  }

  /** Greets the agent and waits until it is ready. */
  async start(): Promise<void> {
    const line = greeting(this.#means.task);
    readReady(await this.#ask(line, { what: "its start", ms: CONTAINER_LIMITS.startMs }));
  }

  async turn(rows: Float64Array): Promise<Float64Array> {
    this.#turn += 1;
    const { task, limits } = this.#means;
    const turn = this.#turn;
    const ms = Math.min(limits.turnMs, this.#leftMs);
    const sentAt = performance.now();
    const line = await this.#ask(turnLine(turn, { rows, lengths: task }), { what: `turn ${turn}`, ms });
    this.#leftMs = Math.max(1, this.#leftMs - (performance.now() - sentAt));
    const count = rows.length / (ROW_HEAD + task.observationLength);
    return readActions(line, { turn, count, actionLength: task.actionLength });
  }

  /** Ends the command, then removes container and image. */
  async stop(): Promise<void> {
    this.#child.kill("SIGKILL");
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
    await this.#exited.promise;
    await this.#means.engine.remove(this.#means.names);
  }

  async #ask(line: string, wait: Wait): Promise<string> {
    this.#isAwaited = true;
    let isOver = false;
    const giveUp = () => {
      if (!isOver) this.#events.put({ is: "late" });
    };
    // An answer that came while this process stood still is read first: the agent was not late.
    const timer = setTimeout(() => setImmediate(giveUp), wait.ms);
    this.#child.stdin.write(`${line}\n`);
    try {
      const event = await this.#events.take();
      return event.is === "line" ? event.text : await this.#blame(event, wait);
    } finally {
      isOver = true;
      clearTimeout(timer);
    }
  }

  #listen(): void {
    this.#child.stdout.on("data", (chunk: Buffer) => this.#receive(chunk));
    this.#child.stderr.on("data", (chunk: Buffer) => {
      if (this.#output.length < MAX_OUTPUT_CHARS)
        this.#output = (this.#output + chunk.toString()).slice(0, MAX_OUTPUT_CHARS);
    });
    // A broken pipe means the command is gone, which its own event reports.
    this.#child.stdin.on("error", () => {});
    this.#child.on("error", (error) => {
      this.#output = error.message;
      this.#ended(null, null);
    });
    // Its streams may stay open beyond its end, where another process holds them.
    this.#child.on("exit", () => this.#exited.resolve());
    this.#child.on("close", (exitCode, signal) => this.#ended(exitCode, signal));
  }

  #receive(chunk: Buffer): void {
    try {
      for (const text of this.#lines.push(chunk)) this.#hear(text);
    } catch (error) {
      this.#stopReading(error instanceof Error ? error.message : String(error));
    }
  }

  #hear(text: string): void {
    if (!this.#isAwaited) return this.#stopReading("a line nobody asked for");
    this.#isAwaited = false;
    this.#events.put({ is: "line", text });
  }

  /** An agent that says more than it was asked is not listened to any further. */
  #stopReading(detail: string): void {
    this.#child.stdout.removeAllListeners("data").pause();
    this.#events.put({ is: "unwanted", detail });
  }

  #ended(exitCode: number | null, signal: string | null): void {
    this.#events.put({ is: "ended", exitCode, signal });
    this.#exited.resolve();
  }

  async #blame(event: Exclude<Event, { is: "line" }>, { what, ms }: Wait): Promise<never> {
    const { engine, names } = this.#means;
    if (event.is === "aborted") throw event.reason;
    if (event.is === "unwanted") throw agentError("EVALUATOR_AGENT_INVALID_ACTION", event.detail);
    if (event.is === "late") {
      await assertEngineWorks(engine);
      throw agentError("EVALUATOR_AGENT_TIMEOUT", `${what} took longer than ${Math.round(ms)} ms`);
    }
    const state = await engine.stateOf(names);
    if (state.is !== "ended" && state.is !== "unstarted") throw this.#died(event);
    if (this.#turn === 0) await assertEngineWorks(engine);
    if (state.is === "unstarted") return refuse("image-agent", "/agent cannot be started");
    if (state.isOutOfMemory)
      throw agentError("EVALUATOR_AGENT_OUT_OF_MEMORY", "its container took all its memory");
    throw agentError("EVALUATOR_AGENT_TRAP", `it ended with exit code ${state.exitCode} during ${what}`);
  }

  #died({ exitCode, signal }: { exitCode: number | null; signal: string | null }): EvaluatorError {
    return new EvaluatorError({ code: "EVALUATOR_SANDBOX_DIED", exitCode, signal, output: this.#output });
  }
}
