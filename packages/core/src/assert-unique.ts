import { CoreError } from "./errors.ts";

/** Refuses a list that names something twice: CORE_DUPLICATE. */
export function assertUnique(name: string, values: readonly (string | number)[]): void {
  const seen = new Set<string | number>();
  for (const value of values) {
    if (seen.has(value)) throw new CoreError({ code: "CORE_DUPLICATE", name, value: String(value) });
    seen.add(value);
  }
}
