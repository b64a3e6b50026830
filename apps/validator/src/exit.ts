import { CodedError } from "@assay/core";

/** Exit codes, as README.md explains them. */
export const EXIT = { done: 0, failed: 1, held: 3, configuration: 78, interrupted: 130 } as const;

/** The exit code an error ends the process with: configuration, held for safety, or simply failed. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof CodedError)) return EXIT.failed;
  const code: string = error.code;
  if (code === "VALIDATOR_SETTINGS_INVALID" || code.startsWith("CHAIN_KEY_")) return EXIT.configuration;
  if (code.startsWith("VALIDATOR_JOURNAL_") || code === "CHAIN_WRONG_GENESIS") return EXIT.held;
  return EXIT.failed;
}
