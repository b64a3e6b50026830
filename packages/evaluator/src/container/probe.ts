import { EvaluatorError } from "../errors.ts";
import { type MachineCode, staticProgram } from "./elf.ts";
import type { Engine } from "./engine.ts";
import { AGENT_PATH } from "./image.ts";
import { newNames } from "./names.ts";
import { writeTar } from "./tar.ts";

const WANTED_MS = 600_000;
const MAX_DETAIL = 400;

/** Machine code of `exit(0)`, by processor. */
const EXIT: Readonly<Record<string, MachineCode>> = {
  x64: { machine: 62, code: Buffer.from("b83c00000031ff0f05", "hex") },
  arm64: { machine: 183, code: Buffer.from("000080d2a80b80d2010000d4", "hex") },
};

/**
 * Throws unless a container of our own, which only exits, runs here with the very same arguments. Asked before an agent is
 * blamed for not starting or not answering, so that a broken or overloaded engine is never an agent's failure.
 */
export async function assertEngineWorks(engine: Engine): Promise<void> {
  await runOwn(engine, exits());
}

/** Runs a program of our own as an agent's would be, in a container of its own, and answers with what it wrote. */
export async function runOwn(engine: Engine, program: Buffer): Promise<string> {
  const names = newNames(Date.now() + WANTED_MS);
  try {
    const image = [{ path: AGENT_PATH, kind: "file", isExecutable: true, bytes: program }] as const;
    await engine.import(names, writeTar(image));
    const { exitCode, stdout, stderr } = await engine.runToEnd(names);
    if (exitCode === 0) return stdout;
    throw failed(exitCode, stderr.trim().slice(-MAX_DETAIL));
  } finally {
    await engine.remove(names);
  }
}

function failed(exitCode: number | null, detail: string): EvaluatorError {
  const because = detail === "" ? "" : `: ${detail}`;
  return new EvaluatorError(
    { code: "EVALUATOR_CONTAINER_PROBE_FAILED", exitCode, detail },
    `A container of our own that only exits ended with ${exitCode}, so no container agent can be judged on this host${because}`,
  );
}

/** A whole static program of some hundred bytes; throws where we have none, which then blames nobody. */
export function exits(architecture: string = process.arch): Buffer {
  const program = Object.hasOwn(EXIT, architecture) ? EXIT[architecture] : undefined;
  if (program !== undefined) return staticProgram(program);
  const detail = `no probe for ${architecture}`;
  throw new EvaluatorError({ code: "EVALUATOR_CONTAINER_PROBE_FAILED", exitCode: null, detail }, detail);
}
