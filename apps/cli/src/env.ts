import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { CliError } from "./errors.ts";

const Settings = z.object({
  ASSAY_HOME: z.string().default(".assay"),
  ASSAY_BACKEND_URL: z.url().optional(),
  ASSAY_API_KEY_FILE: z.string().optional(),
  ASSAY_NETUID: z.coerce.number().int().min(0).max(65_535).optional(),
});

/** Folder for everything the command line keeps. */
export function homeFolder(): string {
  return resolve(Settings.parse(process.env).ASSAY_HOME);
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
  const settings = Settings.parse(process.env);
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
