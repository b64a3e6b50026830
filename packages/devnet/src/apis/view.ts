import type { ServedRuntime } from "../runtime/served.ts";
import type { StateReader } from "../state/overlay.ts";

/** What a runtime API sees: the state after a block. */
export type ApiView = {
  readonly state: StateReader;
  readonly block: number;
  readonly runtime: ServedRuntime;
};
