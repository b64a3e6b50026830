import { readDemo, readEnvironment, readText } from "./env.ts";
import { CliError } from "./errors.ts";

/** Flags a person may give instead of the environment. */
export type BackendFlags = { url?: string | undefined; netuid?: number | undefined };
export type AccessFlags = BackendFlags & { apiKeyFile?: string | undefined };

/** Address of the backend: the flag, else the environment, else the demo's. Throws CLI_NO_BACKEND. */
export function backendUrl(flags: BackendFlags): string {
  const settings = readEnvironment();
  const url = flags.url ?? settings.ASSAY_BACKEND_URL ?? readDemo(settings.ASSAY_HOME)?.url;
  if (url !== undefined) return url;
  const help = "no backend: give --url or ASSAY_BACKEND_URL, or start a demo with `npm start`";
  throw new CliError({ code: "CLI_NO_BACKEND" }, help);
}

/** The API key: the file a flag names, else the environment, else the demo's. Throws CLI_NO_KEY. */
export function apiKey(flags: AccessFlags): string {
  const settings = readEnvironment();
  const file = flags.apiKeyFile ?? settings.ASSAY_API_KEY_FILE ?? readDemo(settings.ASSAY_HOME)?.adminKeyFile;
  if (file !== undefined) return readText(file).trim();
  throw new CliError({ code: "CLI_NO_KEY" }, "no API key: give --api-key-file or ASSAY_API_KEY_FILE");
}

/** The subnet somebody named, by flag or environment; undefined if nobody did. */
export function namedNetuid({ netuid }: { netuid?: number | undefined }): number | undefined {
  const { ASSAY_NETUID, BT_NETUID } = readEnvironment();
  return netuid ?? ASSAY_NETUID ?? BT_NETUID;
}

/** The subnet to look at on a chain: the one named, else the demo's. Throws CLI_USAGE. */
export function subnetOf(flags: { netuid?: number | undefined }): number {
  const netuid = namedNetuid(flags) ?? readDemo(readEnvironment().ASSAY_HOME)?.netuid;
  if (netuid !== undefined) return netuid;
  throw new CliError({ code: "CLI_USAGE" }, "which subnet? Give --netuid, ASSAY_NETUID or BT_NETUID");
}
