import { accessSync, constants } from "node:fs";
import { parseArgs } from "node:util";
import { CompetitionId, Netuid } from "@assay/core";
import { z } from "zod";
import { AGENT_KINDS } from "./agents/build-agent.ts";
import { MinerError } from "./errors.ts";

const ReadableFile = z.string().refine(isReadable, "there is no readable file at this path");
const netuid = z.string().regex(/^\d+$/, "expected a whole number").transform(Number).pipe(Netuid);

/** Every setting: `camelCase` here, `--kebab-case` as a flag, `ASSAY_UPPER_SNAKE` in the environment. */
export const Settings = z.object({
  backendUrl: z.url({ protocol: /^https?$/, hostname: /.+/ }),
  netuid,
  hotkeyFile: ReadableFile,
  home: z.string().min(1).default(".assay"),
  competition: CompetitionId.nullable().default(null),
  agent: z.enum(AGENT_KINDS).nullable().default(null),
  file: ReadableFile.nullable().default(null),
  try: z.stringbool().default(false),
  watch: z.stringbool().default(false),
  logLevel: z.enum(["error", "warn", "info", "debug"]).default("info"),
});
export type Settings = z.infer<typeof Settings>;

const NAMES = Object.keys(Settings.shape);
/** Settings that are flags without a value. */
const SWITCHES: readonly string[] = ["try", "watch"];

/** Reads flags over environment over defaults; throws MINER_SETTINGS_INVALID with every problem at once. */
export function readSettings(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Settings {
  const flags = readFlags(args);
  const given: Given = Object.fromEntries(
    NAMES.map((name) => [name, flags[kebab(name)] ?? nonEmpty(environment[variable(name)])]),
  );
  const parsed = Settings.safeParse(given);
  const { agent, file } = given;
  const isOneAgent = (agent === undefined) !== (file === undefined);
  if (parsed.success && isOneAgent) return parsed.data;
  const problems = (parsed.error?.issues ?? []).map((issue) => describe(issue, given));
  throw invalid(isOneAgent ? problems : [...problems, "give either --agent or --file"]);
}

type Given = Record<string, string | undefined>;

/** Name of a setting in the environment. */
export function variable(name: string): string {
  return `ASSAY_${kebab(name).replaceAll("-", "_").toUpperCase()}`;
}

function readFlags(args: readonly string[]): Given {
  const options = Object.fromEntries(NAMES.map((name) => [kebab(name), { type: typeOf(name) }]));
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  } catch (error) {
    throw invalid([error instanceof Error ? error.message : String(error)]);
  }
}

function typeOf(name: string): "boolean" | "string" {
  return SWITCHES.includes(name) ? "boolean" : "string";
}

function describe({ path, message }: z.core.$ZodIssue, given: Given): string {
  const name = String(path[0] ?? "");
  return `${variable(name)} (--${kebab(name)}): ${given[name] === undefined ? "is required" : message}`;
}

function invalid(problems: string[]): MinerError {
  const lines = problems.map((problem) => `  ${problem}`).join("\n");
  return new MinerError({ code: "MINER_SETTINGS_INVALID", problems }, `Settings:\n${lines}`);
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
