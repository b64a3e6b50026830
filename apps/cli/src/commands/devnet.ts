import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { z } from "zod";
import { entries } from "../entries.ts";
import { EXIT } from "../errors.ts";
import type { Output } from "../output.ts";

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
export async function runDevnet(
  { port, blockMs, blocks, ...files }: DevnetFlags,
  out: Output,
): Promise<number> {
  const args = ["--port", String(port), "--block-ms", String(blockMs)];
  if (blocks !== undefined) args.push("--blocks", String(blocks));
  for (const [name, file] of Object.entries(files)) args.push(`--${name}`, file);
  // A terminal's Ctrl-C reaches the chain by itself; a signal meant for us alone is handed on.
  const child = spawn(process.execPath, [entries.devnet, ...args], { stdio: ["inherit", "pipe", "inherit"] });
  const handOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on("SIGTERM", handOn).on("SIGINT", () => undefined);
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? EXIT.failed)));
  await passOn(child.stdout, out);
  return ended;
}

/** Passes on what the chain prints for programs until it prints no more, and says the same to people. */
async function passOn(stdout: Readable, out: Output): Promise<void> {
  for await (const line of createInterface({ input: stdout })) {
    out.result(line);
    const ready = Ready.safeParse(parseLine(line));
    if (ready.success)
      out.note(`a chain at ${ready.data.url}, genesis ${ready.data.genesisHash}; Ctrl-C ends it`);
  }
}

const Ready = z.object({ url: z.string(), genesisHash: z.string() });

function parseLine(line: string): unknown {
  return line.startsWith("{") ? JSON.parse(line) : undefined;
}
