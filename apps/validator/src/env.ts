import { accessSync, constants } from "node:fs";
import { parseArgs } from "node:util";
import { Address, Mechid, Netuid } from "@assay/core";
import { z } from "zod";
import { ValidatorError } from "./errors.ts";

/** What this validator does; each works alone. */
export const DutyName = z.enum(["weights", "evaluate"]);
export type DutyName = z.infer<typeof DutyName>;

const ReadableFile = z.string().refine(isReadable, "there is no readable file at this path");
const wholeNumber = (schema: typeof Netuid) =>
  z.string().regex(/^\d+$/, "expected a whole number").transform(Number).pipe(schema);

const milliseconds = z
  .string()
  .regex(/^\d+$/, "expected a whole number of milliseconds")
  .transform(Number)
  .pipe(z.int().min(1).max(30_000));

const commaSeparated = z
  .string()
  .transform((list) => [...new Set(list.split(",").map((item) => item.trim()))]);

/** Every setting: `camelCase` here, `--kebab-case` as a flag, `ASSAY_UPPER_SNAKE` in the environment. */
export const Settings = z.object({
  backendUrl: z.url({ protocol: /^https?$/, hostname: /.+/ }),
  apiKeyFile: ReadableFile,
  /** The next is tried whenever one fails. */
  chainUrl: commaSeparated.pipe(z.array(z.url({ protocol: /^wss?$/, hostname: /.+/ })).min(1)),
  netuid: wholeNumber(Netuid),
  mechid: wholeNumber(Mechid).default(0),
  hotkeyFile: ReadableFile,
  home: z.string().min(1).default(".assay"),
  duties: commaSeparated.pipe(z.array(DutyName).min(1)).default(["weights", "evaluate"]),
  authority: Address.nullable().default(null),
  logLevel: z.enum(["error", "warn", "info", "debug"]).default("info"),
  /** Longest pause before the first reconnection to the backend; it doubles with every failure. */
  reconnectPauseMs: milliseconds.default(1_000),
});
export type Settings = z.infer<typeof Settings>;

const NAMES = Object.keys(Settings.shape);

/** Reads flags over environment over defaults; throws VALIDATOR_SETTINGS_INVALID with every problem at once. */
export function readSettings(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Settings {
  const flags = readFlags(args);
  const given = NAMES.map((name) => [name, flags[kebab(name)] ?? nonEmpty(environment[variable(name)])]);
  const parsed = Settings.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.map(describe));
}

/** Name of a setting in the environment. */
export function variable(name: string): string {
  return `ASSAY_${kebab(name).replaceAll("-", "_").toUpperCase()}`;
}

function readFlags(args: readonly string[]): Record<string, string | undefined> {
  const options = Object.fromEntries(NAMES.map((name) => [kebab(name), { type: "string" as const }]));
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw invalid([error instanceof Error ? error.message : String(error)]);
  }
}

function describe({ path, message }: z.core.$ZodIssue): string {
  const name = String(path[0] ?? "");
  return `${variable(name)} (--${kebab(name)}): ${message}`;
}

function invalid(problems: string[]): ValidatorError {
  const lines = problems.map((problem) => `  ${problem}`).join("\n");
  return new ValidatorError({ code: "VALIDATOR_SETTINGS_INVALID", problems }, `Settings:\n${lines}`);
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
