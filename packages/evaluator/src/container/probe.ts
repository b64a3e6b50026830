import { EvaluatorError } from "../errors.ts";
import type { Engine } from "./engine.ts";
import { AGENT_PATH } from "./image.ts";
import { newNames } from "./names.ts";
import { writeTar } from "./tar.ts";

const HEADER_BYTES = 64;
const SEGMENT_BYTES = 56;
const BASE = 0x400000n;
const WANTED_MS = 600_000;

/** Machine code of `exit(0)` on Linux, and the number of the machine in an ELF header. */
const PROGRAMS = {
  x64: { machine: 62, code: "b83c00000031ff0f05" },
  arm64: { machine: 183, code: "000080d2a80b80d2010000d4" },
} as const;

/**
 * Throws unless a container of our own, which only exits, runs here with the very same arguments. Asked before an agent is
 * blamed for not starting or not answering, so that a broken or overloaded engine is never an agent's failure.
 */
export async function assertEngineWorks(engine: Engine): Promise<void> {
  const names = newNames(Date.now() + WANTED_MS);
  try {
    await engine.import(
      names,
      writeTar([{ path: AGENT_PATH, kind: "file", isExecutable: true, bytes: exits() }]),
    );
    const exitCode = await engine.runToEnd(names);
    if (exitCode !== 0)
      throw new EvaluatorError(
        { code: "EVALUATOR_CONTAINER_PROBE_FAILED", exitCode },
        `A container of our own that only exits ended with ${exitCode}: no container agent can be judged on this host.`,
      );
  } finally {
    await engine.remove(names);
  }
}

/** A whole static program of some hundred bytes; throws where we have none, which then blames nobody. */
export function exits(architecture: string = process.arch): Buffer {
  const program = architecture === "x64" || architecture === "arm64" ? PROGRAMS[architecture] : undefined;
  if (program === undefined)
    throw new EvaluatorError(
      { code: "EVALUATOR_CONTAINER_PROBE_FAILED", exitCode: null },
      `no probe for ${architecture}`,
    );
  const code = Buffer.from(program.code, "hex");
  const start = HEADER_BYTES + SEGMENT_BYTES;
  const elf = Buffer.alloc(start);
  elf.write("\x7fELF\x02\x01\x01", "latin1");
  elf.writeUInt16LE(2, 16); // an executable
  elf.writeUInt16LE(program.machine, 18);
  elf.writeUInt32LE(1, 20);
  elf.writeBigUInt64LE(BASE + BigInt(start), 24); // where it begins
  elf.writeBigUInt64LE(BigInt(HEADER_BYTES), 32); // where its segments are described
  elf.writeUInt16LE(HEADER_BYTES, 52);
  elf.writeUInt16LE(SEGMENT_BYTES, 54);
  elf.writeUInt16LE(1, 56);
  writeSegment(elf.subarray(HEADER_BYTES), start + code.length);
  return Buffer.concat([elf, code]);
}

/** One segment, the whole file, readable and executable. */
function writeSegment(segment: Buffer, size: number): void {
  segment.writeUInt32LE(1, 0);
  segment.writeUInt32LE(5, 4);
  segment.writeBigUInt64LE(BASE, 16);
  segment.writeBigUInt64LE(BASE, 24);
  segment.writeBigUInt64LE(BigInt(size), 32);
  segment.writeBigUInt64LE(BigInt(size), 40);
  segment.writeBigUInt64LE(0x1000n, 48);
}
