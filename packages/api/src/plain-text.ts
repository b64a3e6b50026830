import { ApiError } from "./errors.ts";

/** Levels of lists and objects a request may nest: far more than any input has, far less than a stack. */
const MAX_DEPTH = 64;
const MAX_PATH = 200;

/** What a terminal obeys or a reader cannot see: control characters but for line ends and tabs, and marks of direction. */
const STEERING = /(?![\n\r\t])[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/u;

type Found = { readonly value: unknown; readonly path: string; readonly depth: number };
type Problem = { readonly path: string; readonly message: string };

/** Where a JSON value has text that no database stores and no signature covers: NUL or half a surrogate pair. */
export function findBrokenText(value: unknown): string | undefined {
  return findProblem(value, brokenText)?.path;
}

/** Throws API_INVALID_INPUT for text that is broken or steers whoever shows it, and for what is nested too deep. */
export function assertPlainText(value: unknown): void {
  const problem = findProblem(value, unplainText, MAX_DEPTH);
  if (problem === undefined) return;
  const { path, message } = { ...problem, path: problem.path.slice(0, MAX_PATH) };
  throw new ApiError({ code: "API_INVALID_INPUT", issues: [{ path, message }] }, `${path}: ${message}`);
}

function findProblem(
  value: unknown,
  problemOf: (text: string) => string | undefined,
  maxDepth = Number.POSITIVE_INFINITY,
): Problem | undefined {
  // A list instead of recursion: a request may be nested deeper than the stack.
  const open: Found[] = [{ value, path: "", depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, depth } = next;
    if (depth > maxDepth) return { path, message: `nested more than ${maxDepth} levels deep` };
    const message = typeof next.value === "string" ? problemOf(next.value) : undefined;
    if (message !== undefined) return { path, message };
    if (typeof next.value !== "object" || next.value === null) continue;
    for (const [key, inner] of Object.entries(next.value)) {
      const inKey = problemOf(key);
      if (inKey !== undefined) return { path, message: inKey };
      open.push({ value: inner, path: path === "" ? key : `${path}.${key}`, depth: depth + 1 });
    }
  }
  return undefined;
}

function brokenText(text: string): string | undefined {
  const isBroken = text.includes("\0") || !text.isWellFormed();
  return isBroken ? "text may not contain NUL or half a surrogate pair" : undefined;
}

function unplainText(text: string): string | undefined {
  return brokenText(text) ?? (STEERING.test(text) ? "text may not contain control characters" : undefined);
}
