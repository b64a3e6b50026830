import { type Client, createClient } from "@assay/client";
import { type Command, InvalidArgumentError } from "commander";
import type { z } from "zod";
import { type AccessFlags, backendAccess } from "../env.ts";

/** A commander parser for whole numbers in a range. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`expected a whole number from ${min} to ${max}.`);
  };
}

/** A commander parser that asks a schema. */
export function parsedBy<Schema extends z.ZodType>(schema: Schema): (text: string) => z.infer<Schema> {
  return (text) => {
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(`${parsed.error.issues[0]?.message ?? "not valid"}.`);
  };
}

/** A command that talks to a backend: `--url`, `--api-key-file`, `--netuid`, else the environment, else the running demo. */
export function backendCommand(parent: Command, name: string): Command {
  return parent
    .command(name)
    .option("--url <url>", "backend (ASSAY_BACKEND_URL)")
    .option("--api-key-file <file>", "file with an API key (ASSAY_API_KEY_FILE)")
    .option("--netuid <netuid>", "subnet (ASSAY_NETUID)", wholeNumber(0, 65_535));
}

/** A client for the backend a command's flags name. */
export function clientFor(flags: AccessFlags): Client {
  return createClient(backendAccess(flags));
}
