import { spawn } from "node:child_process";
import { entries } from "../entries.ts";
import { EXIT } from "../errors.ts";

export type DevnetFlags = {
  port: number;
  blockMs: number;
  blocks?: number;
  genesis?: string;
  load?: string;
  state?: string;
  metadata?: string;
};

/** `assay devnet`: a local chain in this terminal, until Ctrl-C or after so many blocks; answers with its exit code. */
export function runDevnet({ port, blockMs, blocks, ...files }: DevnetFlags): Promise<number> {
  const args = ["--port", String(port), "--block-ms", String(blockMs)];
  if (blocks !== undefined) args.push("--blocks", String(blocks));
  for (const [name, file] of Object.entries(files)) args.push(`--${name}`, file);
  // A terminal's Ctrl-C reaches the chain by itself; a signal meant for us alone is handed on.
  const child = spawn(process.execPath, [entries.devnet, ...args], { stdio: "inherit" });
  const handOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on("SIGTERM", handOn).on("SIGINT", () => undefined);
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? EXIT.failed)));
}
