import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { EvaluatorError } from "../errors.ts";
import type { ContainerSetup } from "./env.ts";
import type { ContainerNames } from "./names.ts";
import { runArguments } from "./run-arguments.ts";

const CALL_MS = 120_000;
const MAX_OUTPUT = 4_194_304;
const MAX_DETAIL = 500;
/** Killed: nobody but the kernel does that to a container that we still listen to, and not every engine says why. */
const KILLED = "137";

/** How a container ended; undefined before it started. */
export type ContainerEnd = { readonly exitCode: number; readonly isOutOfMemory: boolean };
export type ContainerState =
  | { readonly is: "absent" | "running" }
  | { readonly is: "unstarted" }
  | ({ readonly is: "ended" } & ContainerEnd);

/** How a call of the command ended. */
export type Answer = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string };

/** A Docker-compatible engine through its command; whatever fails here is this host's failure, never an agent's. */
export class Engine {
  readonly #setup: ContainerSetup;

  constructor(setup: ContainerSetup) {
    this.#setup = setup;
  }

  /** Makes an image of an archive that `inspectImage` wrote; nothing of it but files comes from a stranger. */
  async import({ image }: ContainerNames, archive: Buffer): Promise<void> {
    await this.#succeed(["import", "-", image], archive);
  }

  /** Starts a container and stays attached to it. */
  run(names: ContainerNames): ChildProcessWithoutNullStreams {
    const [program, ...own] = this.#setup.command;
    const env = this.#setup.environment;
    return spawn(program, [...own, ...runArguments(names)], {
      env,
      cwd: "/",
      stdio: "pipe",
      windowsHide: true,
    });
  }

  /** Runs a container without input and waits for it: how the command ended, and what it wrote. */
  runToEnd(names: ContainerNames): Promise<Answer> {
    return this.#call(runArguments(names));
  }

  /** What the command says of itself. */
  async version(): Promise<string> {
    return lines(await this.#succeed(["--version"]))[0] ?? "unknown";
  }

  async stateOf({ name }: ContainerNames): Promise<ContainerState> {
    const format = "{{.State.Status}} {{.State.ExitCode}} {{.State.OOMKilled}}";
    const { exitCode, stdout } = await this.#call(["container", "inspect", "--format", format, name]);
    if (exitCode !== 0) return { is: "absent" };
    const [status = "", code = "", isOutOfMemory = ""] = stdout.trim().split(" ");
    if (["exited", "stopped", "dead"].includes(status))
      return {
        is: "ended",
        exitCode: Number(code),
        isOutOfMemory: isOutOfMemory === "true" || code === KILLED,
      };
    return { is: ["created", "configured", "initialized"].includes(status) ? "unstarted" : "running" };
  }

  /** Ends and removes a container and its image, and looks that the container is gone. */
  async remove(names: ContainerNames): Promise<void> {
    // An engine may still be creating what a command asked for that is gone by now.
    if ((await this.#isRemoved(names)) || (await this.#isRemoved(names))) return;
    throw this.#failed(`the container ${names.name} cannot be removed`);
  }

  async #isRemoved({ name, image }: ContainerNames): Promise<boolean> {
    await this.#call(["rm", "--force", "--volumes", name]);
    await this.#call(["rmi", "--force", image]);
    return !(await this.containers()).includes(name);
  }

  async containers(): Promise<string[]> {
    return lines(await this.#succeed(["ps", "--all", "--format", "{{.Names}}"]));
  }

  async images(): Promise<string[]> {
    return lines(await this.#succeed(["images", "--format", "{{.Repository}}:{{.Tag}}"]));
  }

  async #succeed(args: string[], input?: Buffer): Promise<string> {
    const { exitCode, stdout, stderr } = await this.#call(args, input);
    if (exitCode === 0) return stdout;
    throw this.#failed(`${args[0]} ended with ${exitCode}: ${stderr.trim()}`);
  }

  #call(args: string[], input?: Buffer): Promise<Answer> {
    const [program, ...own] = this.#setup.command;
    const options = {
      env: this.#setup.environment,
      cwd: "/",
      timeout: CALL_MS,
      killSignal: "SIGKILL",
      maxBuffer: MAX_OUTPUT,
      windowsHide: true,
    } as const;
    return new Promise((resolve, reject) => {
      const child = execFile(program, [...own, ...args], options, (error, stdout, stderr) => {
        if (error === null) return resolve({ exitCode: 0, stdout, stderr });
        if (typeof error.code === "string") return reject(this.#failed(error.message));
        return resolve({ exitCode: error.code ?? null, stdout, stderr });
      });
      // A command that ends before it has read everything says so with its exit code.
      child.stdin?.on("error", () => {});
      child.stdin?.end(input);
    });
  }

  #failed(detail: string): EvaluatorError {
    const facts = { command: this.#setup.command.join(" "), detail: detail.slice(0, MAX_DETAIL) };
    return new EvaluatorError(
      { code: "EVALUATOR_CONTAINER_ENGINE_FAILED", ...facts },
      `The container engine behind ${JSON.stringify(facts.command)} does not work: ${facts.detail}. Try it by hand.`,
    );
  }
}

function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
