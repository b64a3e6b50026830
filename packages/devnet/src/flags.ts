import { parseArgs } from "node:util";
import { DevnetError } from "./errors.ts";

/** What the process was asked for on the command line. */
export type Flags = {
  /** Without one the development genesis is used. */
  readonly genesisFile: string | undefined;
  /** A recorded metagraph to add as a subnet. */
  readonly loadFile: string | undefined;
  /** Where the chain is kept between runs. */
  readonly stateFile: string | undefined;
  /** A recorded metadata to serve. */
  readonly metadataFile: string | undefined;
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly blockMs: number | undefined;
  /** Stop after this many blocks. */
  readonly blocks: number | undefined;
};

/** Reads `--genesis FILE --load FILE --state FILE --metadata FILE --port N --host H --block-ms N --blocks N`. */
export function parseFlags(args: readonly string[]): Flags {
  const values = parse(args);
  return {
    genesisFile: values.genesis,
    loadFile: values.load,
    stateFile: values.state,
    metadataFile: values.metadata,
    host: values.host,
    port: wholeNumber("--port", values.port),
    blockMs: wholeNumber("--block-ms", values["block-ms"]),
    blocks: wholeNumber("--blocks", values.blocks),
  };
}

function parse(args: readonly string[]) {
  const option = { type: "string" } as const;
  const options = {
    genesis: option,
    load: option,
    state: option,
    metadata: option,
    host: option,
    port: option,
    "block-ms": option,
    blocks: option,
  };
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : "bad arguments", cause);
  }
}

function wholeNumber(flag: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw usage(`${flag} takes a whole number, not ${value}`);
  return Number(value);
}

function usage(problem: string, cause?: unknown): DevnetError {
  return new DevnetError({ code: "DEVNET_USAGE", problem }, problem, { cause });
}
