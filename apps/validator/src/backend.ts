import { readFileSync } from "node:fs";
import { type Client, createClient } from "@assay/client";
import { parseToken, type Signer } from "@assay/core";
import type { Settings } from "./env.ts";
import { ValidatorError } from "./errors.ts";

/** The backend as the settings name it, with the API key of their file. */
export function createBackend(settings: Settings, signer: Signer): Client {
  return createClient({
    url: settings.backendUrl,
    netuid: settings.netuid,
    signer,
    apiKey: readApiKey(settings.apiKeyFile),
    firstPauseMs: settings.reconnectPauseMs,
  });
}

function readApiKey(path: string): string {
  const token = readFileSync(path, "utf8").trim();
  if (parseToken(token) !== undefined) return token;
  const problem = `ASSAY_API_KEY_FILE (--api-key-file): ${path} does not hold an API key`;
  throw new ValidatorError({ code: "VALIDATOR_SETTINGS_INVALID", problems: [problem] }, problem);
}
