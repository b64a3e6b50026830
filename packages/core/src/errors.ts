import { CodedError } from "./coded-error.ts";

/** Everything `@assay/core` refuses, by code. */
export type CoreErrorFacts =
  | { code: "CORE_LENGTH_MISMATCH"; name: string; expected: number; actual: number }
  | { code: "CORE_OUT_OF_RANGE"; name: string; value: string; range: string }
  | { code: "CORE_EMPTY"; name: string }
  | { code: "CORE_NOT_CANONICAL"; path: string; found: string }
  | { code: "CORE_INVALID_DOCUMENT"; path: string; reason: string }
  | { code: "CORE_BAD_SIGNATURE"; address: string };

export class CoreError extends CodedError<CoreErrorFacts> {}
