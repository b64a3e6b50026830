import type { Heartbeat } from "@assay/core";
import type { Duty } from "../loop/duty.ts";
import { within } from "../loop/within.ts";

/** What the heartbeat duty asks of a backend; the client has this verb. */
export type Presence = { readonly validators: { heartbeat(state: Heartbeat): Promise<unknown> } };

/** Blocks between two heartbeats: far more often than the two tempos after which a validator leaves the rosters. */
const EVERY_BLOCKS = 4;
const REQUEST_MS = 30_000;

/** Tells the backend that this validator is there, and how far it has come. */
export function heartbeatDuty(presence: Presence, state: () => Heartbeat): Duty {
  let nextBlock = 0;
  return {
    name: "heartbeat",
    async run({ block }, signal) {
      if (block < nextBlock) return;
      const sent = presence.validators.heartbeat(state());
      await within(sent, { what: "a heartbeat", ms: REQUEST_MS, signal });
      nextBlock = block + EVERY_BLOCKS;
    },
  };
}
