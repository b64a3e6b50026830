import { CodedError } from "@assay/core";
import type { z } from "zod";

/** Everything the command line refuses by itself, by code. */
export type CliErrorFacts =
  /** The agent does not get through its trial. */
  | { code: "CLI_AGENT_FAILED"; failure: string; detail: string }
  | { code: "CLI_FILE_UNREADABLE"; file: string }
  /** What a snapshot was computed from is not what the chain said at that block. */
  | { code: "CLI_INPUTS_NOT_ON_CHAIN"; field: string; published: string | number; onChain: string | number }
  /** What is said to be a backend's is signed by another key than its certificate names. */
  | { code: "CLI_KEY_NOT_CERTIFIED"; key: string; certified: string }
  | { code: "CLI_NOT_JSON"; file: string }
  | { code: "CLI_NO_BACKEND" }
  | { code: "CLI_NO_CHAIN" }
  | { code: "CLI_NO_KEY" }
  | { code: "CLI_PROCESS_ENDED"; process: string; exitCode: number | null; log: string }
  | { code: "CLI_PROCESS_NOT_READY"; process: string; seconds: number; log: string }
  | { code: "CLI_SETTINGS_INVALID"; problems: string[] }
  | { code: "CLI_NO_OWNER" }
  /** Only the subnet's owner can certify a key, by the hotkey the chain names. */
  | { code: "CLI_NOT_OWNER"; hotkey: string; ownerHotkey: string }
  | { code: "CLI_USAGE" }
  /** The backend serves another subnet than the one that was named. */
  | { code: "CLI_WRONG_SUBNET"; asked: number; served: number };

export class CliError extends CodedError<CliErrorFacts> {}

/** What a schema found wrong, in one line. */
export function problemsIn({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
}

/** What a command ends with; the numbers are part of the interface. */
export const EXIT = { done: 0, failed: 1, usage: 2, held: 3, configuration: 78, interrupted: 130 } as const;
