import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { CliError } from "./errors.ts";

const Environment = z.object({
  DATABASE_URL: z.string().optional(),
  ASSAY_HOME: z.string().default(".assay"),
  ASSAY_BACKEND_URL: z.url().optional(),
  ASSAY_API_KEY_FILE: z.string().optional(),
  ASSAY_NETUID: z.coerce.number().int().min(0).max(65_535).optional(),
});

/** Reads the environment; throws CLI_SETTINGS_INVALID with every problem at once. */
function readEnvironment(): z.infer<typeof Environment> {
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

export type BackendAccess = { url: string; netuid: number; apiKey: string };

/** Flags a person may give instead of the environment. */
export type AccessFlags = {
  url?: string | undefined;
  apiKeyFile?: string | undefined;
  netuid?: number | undefined;
};

/**
 * Which backend to call and with which key: flags, else the environment, else the demo that runs on this machine.
 *
 * @throws CliError CLI_NO_BACKEND or CLI_NO_KEY, saying what to give.
 */
export function backendAccess(flags: AccessFlags): BackendAccess {
  const settings = readEnvironment();
  const demo = readDemo(settings.ASSAY_HOME);
  const url = flags.url ?? settings.ASSAY_BACKEND_URL ?? demo?.url;
  if (url === undefined) {
    const help = "no backend: give --url or ASSAY_BACKEND_URL, or start a demo with `npm start`";
    throw new CliError({ code: "CLI_NO_BACKEND" }, help);
  }
  const keyFile = flags.apiKeyFile ?? settings.ASSAY_API_KEY_FILE ?? demo?.adminKeyFile;
  if (keyFile === undefined) {
    throw new CliError({ code: "CLI_NO_KEY" }, "no API key: give --api-key-file or ASSAY_API_KEY_FILE");
  }
  const netuid = flags.netuid ?? settings.ASSAY_NETUID ?? demo?.netuid ?? 1;
  return { url, netuid, apiKey: readText(keyFile).trim() };
}

const Demo = z.object({ url: z.string(), netuid: z.number(), adminKeyFile: z.string() });
export type Demo = z.infer<typeof Demo>;

/** Where a running demo leaves its address for other terminals. */
export function demoFile(home: string): string {
  return resolve(home, "up.json");
}

function readDemo(home: string): Demo | undefined {
  try {
    return Demo.parse(JSON.parse(readFileSync(demoFile(home), "utf8")));
  } catch {
    return undefined;
  }
}

/** Reads a text file a person named. @throws CliError CLI_FILE_UNREADABLE. */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new CliError({ code: "CLI_FILE_UNREADABLE", file }, `cannot read ${file}`, { cause });
  }
}
