import { join } from "node:path";

/** Lets the processes that tests start share what Node.js has compiled: most of them load the same libraries. */
export function setup(): void {
  process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "../../.cache/compiled");
}
