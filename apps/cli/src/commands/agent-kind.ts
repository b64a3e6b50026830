import { builtInTasks, EvaluatorError, inspectArtefact, taskFor } from "@assay/evaluator";
import { readBytes } from "../env.ts";
import { CliError } from "../errors.ts";

const IN_WORDS = { wasm: "a WebAssembly module", container: "an image for a container" } as const;

/** An agent's bytes, and what they are. */
export type Agent = { readonly artefact: Buffer; readonly kind: keyof typeof IN_WORDS };

/** Reads an agent from its file; what validators would refuse unread is refused here already. */
export async function readAgent(file: string): Promise<Agent> {
  const artefact = readBytes(file);
  try {
    return { artefact, kind: await inspectArtefact(artefact) };
  } catch (cause) {
    throw isNeither(cause) ? neither(file, cause) : cause;
  }
}

/** What is no module is taken for an image; who meant a module must not only hear that it is no archive. */
function isNeither(error: unknown): error is EvaluatorError {
  return error instanceof EvaluatorError && "reason" in error.facts && error.facts.reason === "not-an-image";
}

function neither(file: string, { code: failure, message: detail }: EvaluatorError): CliError {
  const message = `${failure}: ${file} is neither a WebAssembly module nor an image in a tar archive`;
  return new CliError({ code: "CLI_AGENT_FAILED", failure, detail }, message);
}

/** Refuses an agent that no validator would run on this task; a task that this machine does not know takes any. */
export function assertKindFor(task: string, { kind }: Agent): void {
  const known = builtInTasks.find(({ name }) => name === task);
  if (known === undefined) return;
  const { agents = "wasm" } = taskFor({ task, version: known.version });
  if (kind === agents) return;
  const message = `${task} takes ${IN_WORDS[agents]}, but this is ${IN_WORDS[kind]}${adviceFor(task, kind)}`;
  throw new CliError({ code: "CLI_USAGE" }, message);
}

/** The same simulation for the other kind of agents, if there is one. */
function adviceFor(task: string, kind: Agent["kind"]): string {
  const other = kind === "container" ? `${task}-container` : task.replace(/-container$/, "");
  return builtInTasks.some(({ name }) => name === other) ? `: it is one for ${other}` : "";
}
