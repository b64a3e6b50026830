import { CodedError } from "@assay/core";

/** Exit codes, as README.md explains them. */
export const EXIT = { done: 0, failed: 1, usage: 2, held: 3, configuration: 78, interrupted: 130 } as const;

/** The exit code an error ends the process with: usage, configuration, held for safety, or simply failed. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof CodedError)) return EXIT.failed;
  const code: string = error.code;
  if (code === "VALIDATOR_USAGE") return EXIT.usage;
  if (code === "VALIDATOR_SETTINGS_INVALID" || code.startsWith("CHAIN_KEY_")) return EXIT.configuration;
  if (code === "CHAIN_REQUEST_INVALID") return EXIT.configuration;
  if (code.startsWith("VALIDATOR_JOURNAL_") || code === "CHAIN_WRONG_GENESIS") return EXIT.held;
  return EXIT.failed;
}
