import { CodedError } from "@assay/core";

/** One line for people about any error, with its stable code in front; a list of wrong settings speaks for itself. */
export function errorText(error: unknown): string {
  if (!(error instanceof CodedError)) return error instanceof Error ? error.message : String(error);
  const code: string = error.code;
  return error.message.startsWith(code) || code === "VALIDATOR_SETTINGS_INVALID"
    ? error.message
    : `${code}: ${error.message}`;
}
