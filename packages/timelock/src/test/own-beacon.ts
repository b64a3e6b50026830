import { createBeacon } from "../beacon/create-beacon.ts";

/** A development beacon of the tests' own. */
export const own = createBeacon(new Uint8Array(32).fill(7), {
  id: "test",
  genesisTime: 1_700_000_000,
  periodSeconds: 3,
});
