import { CodedError } from "@assay/core";

/** Where a command writes: results to standard output, everything else to standard error. */
export type Output = {
  result(text: string): void;
  note(text: string): void;
};

export const terminal: Output = {
  result: (text) => void process.stdout.write(`${printable(text)}\n`),
  note: (text) => void process.stderr.write(`${printable(text)}\n`),
};

/** What a terminal obeys or turns around: control characters but for line ends and tabs, and marks of direction. */
const STEERING = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** Text that steers no terminal, whoever has written it; JSON stays the same JSON. */
export function printable(text: string): string {
  return text.replace(STEERING, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** How a command answers: as JSON for programs, or as text for people. */
export type Shown = { readonly json: boolean; readonly out: Output };

/** Writes what a command found out, as JSON or in words. */
export function show<Value>(
  value: Value,
  { json, out, inWords }: Shown & { readonly inWords: (value: Value) => string },
): void {
  out.result(json ? JSON.stringify(value) : inWords(value));
}

/** One line for people about any error, with its stable code in front. */
export function describeError(error: unknown): string {
  if (error instanceof CodedError) {
    return error.message.startsWith(error.code) ? error.message : `${error.code}: ${error.message}`;
  }
  return error instanceof Error ? error.message : String(error);
}

/** The first and last characters of an address: enough to tell twelve apart on a screen. */
export function shortAddress(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`;
}
