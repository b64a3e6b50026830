import { ChainError } from "../errors.ts";
import type { RuntimeChange } from "../types.ts";
import type { Runtime } from "./runtime.ts";

/** Refuses to read a storage item that the runtime changed. */
export function assertReadable(runtime: Runtime, name: string): void {
  hold(
    runtime,
    runtime.changes.filter(({ item }) => item === `storage ${name}`),
  );
}

/** Refuses to sign a call if the runtime changed it, what is signed along with it, or the errors it is answered with. */
export function assertSignable(runtime: Runtime, call: string): void {
  const concerns = ({ item }: RuntimeChange) => item === `call ${call}` || /^(extension|error) /.test(item);
  hold(runtime, runtime.changes.filter(concerns));
}

function hold({ specVersion }: Runtime, changes: readonly RuntimeChange[]): void {
  if (changes.length === 0) return;
  const list = changes.map(({ item, expected, found }) => `${item} is ${found}, expected ${expected}`);
  throw new ChainError(
    { code: "CHAIN_RUNTIME_CHANGED", specVersion, changes },
    `Runtime ${specVersion} is not as this version of Assay knows it; update before going on. ${list.join("; ")}`,
  );
}
