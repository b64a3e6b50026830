import { CodedError } from "@assay/core";

/** Everything the command line refuses by itself, by code. */
export type CliErrorFacts =
  | { code: "CLI_FILE_UNREADABLE"; file: string }
  | { code: "CLI_NOT_JSON"; file: string }
  | { code: "CLI_NO_BACKEND" }
  | { code: "CLI_NO_KEY" }
  | { code: "CLI_PROCESS_ENDED"; process: string; exitCode: number | null; log: string }
  | { code: "CLI_PROCESS_NOT_READY"; process: string; seconds: number; log: string }
  | { code: "CLI_SETTINGS_INVALID"; problems: string[] }
  | { code: "CLI_NO_OWNER" }
  | { code: "CLI_USAGE" };

export class CliError extends CodedError<CliErrorFacts> {}

/** What a command ends with; the numbers are part of the interface. */
export const EXIT = { done: 0, failed: 1, usage: 2, held: 3, configuration: 78, interrupted: 130 } as const;
