import { ApiError } from "./errors.ts";

type Found = { readonly value: unknown; readonly path: string };

/** Where a JSON value has text that no database stores and no signature covers: NUL or half a surrogate pair. */
export function findBrokenText(value: unknown): string | undefined {
  // A list instead of recursion: a request may be nested deeper than the stack.
  const open: Found[] = [{ value, path: "" }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value === "string" && isBroken(next.value)) return next.path;
    if (typeof next.value !== "object" || next.value === null) continue;
    for (const [key, inner] of Object.entries(next.value)) {
      if (isBroken(key)) return next.path;
      open.push({ value: inner, path: next.path === "" ? key : `${next.path}.${key}` });
    }
  }
  return undefined;
}

/** Throws API_INVALID_INPUT if there is such text anywhere. */
export function assertPlainText(value: unknown): void {
  const path = findBrokenText(value);
  if (path === undefined) return;
  const message = "text may not contain NUL or half a surrogate pair";
  throw new ApiError({ code: "API_INVALID_INPUT", issues: [{ path, message }] }, `${path}: ${message}`);
}

function isBroken(text: string): boolean {
  return text.includes("\0") || !text.isWellFormed();
}
