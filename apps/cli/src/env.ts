import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { CliError } from "./errors.ts";

const netuid = z.coerce.number().int().min(0).max(65_535).optional();

const Environment = z.object({
  DATABASE_URL: z.string().optional(),
  ASSAY_HOME: z.string().default(".assay"),
  ASSAY_BACKEND_URL: z.url().optional(),
  ASSAY_API_KEY_FILE: z.string().optional(),
  ASSAY_CHAIN_URL: z.string().optional(),
  ASSAY_HOTKEY_FILE: z.string().optional(),
  ASSAY_NETUID: netuid,
  BT_NETUID: netuid,
  BT_SUBTENSOR_CHAIN_ENDPOINT: z.string().optional(),
  BT_SUBTENSOR_NETWORK: z.string().optional(),
  BT_WALLET_HOTKEY: z.string().optional(),
  BT_WALLET_NAME: z.string().optional(),
  BT_WALLET_PATH: z.string().optional(),
});
export type Environment = z.infer<typeof Environment>;

/** The environment of a process that is started, with more settings. */
export function environmentWith(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...more };
}

/** Reads the environment; throws CLI_SETTINGS_INVALID with every problem at once. */
export function readEnvironment(): Environment {
  const given = Object.entries(process.env).filter(([, value]) => value !== "");
  const parsed = Environment.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new CliError({ code: "CLI_SETTINGS_INVALID", problems }, problems.join("\n"));
}

/** Folder for everything the command line keeps. */
export function homeFolder(): string {
  return resolve(readEnvironment().ASSAY_HOME);
}

/** The backend's database: the flag, else DATABASE_URL, which keeps a password out of the list of processes. */
export function databaseUrl(flag: string | undefined): string {
  const url = flag ?? readEnvironment().DATABASE_URL;
  if (url !== undefined) return url;
  throw new CliError({ code: "CLI_USAGE" }, "no database: set DATABASE_URL, or give --database-url");
}

const Demo = z.object({
  url: z.string(),
  chainUrl: z.string(),
  netuid: z.number(),
  adminKeyFile: z.string(),
});
export type Demo = z.infer<typeof Demo>;

/** Where a running demo leaves its address for other terminals. */
export function demoFile(home: string): string {
  return resolve(home, "up.json");
}

/** The demo that runs on this machine, if one does. */
export function readDemo(home: string): Demo | undefined {
  try {
    return Demo.parse(JSON.parse(readFileSync(demoFile(home), "utf8")));
  } catch {
    return undefined;
  }
}

/** Reads a text file a person named. @throws CliError CLI_FILE_UNREADABLE. */
export function readText(file: string): string {
  return readBytes(file).toString("utf8");
}

/** Reads a JSON file a person named. @throws CliError CLI_FILE_UNREADABLE, CLI_NOT_JSON. */
export function readJson(file: string): unknown {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CliError({ code: "CLI_NOT_JSON", file }, `${file} is not JSON`, { cause });
  }
}

/** Reads a file a person named. @throws CliError CLI_FILE_UNREADABLE. */
export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new CliError({ code: "CLI_FILE_UNREADABLE", file }, `cannot read ${file}`, { cause });
  }
}
