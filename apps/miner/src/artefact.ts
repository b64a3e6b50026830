import { readFile } from "node:fs/promises";
import { inspectAgent } from "@assay/evaluator";
import { buildAgent } from "./agents/build-agent.ts";
import type { Settings } from "./env.ts";
import { MinerError } from "./errors.ts";

/** The agent's bytes, built or read; what the evaluator would refuse unread is refused here already. */
export async function loadArtefact({ agent, file }: Pick<Settings, "agent" | "file">): Promise<Uint8Array> {
  const bytes = agent === null ? await read(file ?? "") : buildAgent(agent);
  inspectAgent(bytes);
  return bytes;
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MinerError({ code: "MINER_FILE_UNREADABLE", path, reason }, undefined, { cause });
  }
}
