import { expect, test } from "vitest";
import * as face from "./index.ts";

test("the package exports these names", () => {
  expect(Object.keys(face).sort()).toEqual([
    "BEACON_SCHEME",
    "CIPHERTEXT_OVERHEAD",
    "COMMIT_REVEAL_VERSION",
    "MAX_COMMIT_BYTES",
    "PINNED_BEACONS",
    "PULSE_MARGIN_BLOCKS",
    "QUICKNET",
    "TimelockError",
    "assertBeacon",
    "beaconFor",
    "chainHash",
    "createBeacon",
    "decodePayload",
    "decrypt",
    "encodePayload",
    "encrypt",
    "hashCommit",
    "hashCommitPreimage",
    "latestRound",
    "openWeights",
    "parseCiphertext",
    "revealRound",
    "roundTimeMs",
    "sealWeights",
    "timelockedCommitHash",
    "verifyPulse",
  ]);
});
