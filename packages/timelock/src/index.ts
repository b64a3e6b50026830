export {
  assertBeacon,
  BEACON_SCHEME,
  type Beacon,
  type BeaconIdentity,
  chainHash,
} from "./beacon/beacon.ts";
export { type BeaconSettings, createBeacon, type OwnBeacon } from "./beacon/create-beacon.ts";
export { beaconFor, PINNED_BEACONS } from "./beacon/pinned.ts";
export { type Pulse, type SignedRound, verifyPulse } from "./beacon/pulse.ts";
export { QUICKNET } from "./beacon/quicknet.ts";
export { PULSE_MARGIN_BLOCKS, type RevealTiming, revealRound } from "./beacon/reveal-round.ts";
export { latestRound, roundTimeMs } from "./beacon/rounds.ts";
export {
  CIPHERTEXT_OVERHEAD,
  type Ciphertext,
  MAX_COMMIT_BYTES,
  parseCiphertext,
} from "./cipher/ciphertext.ts";
export { decrypt } from "./cipher/decrypt.ts";
export { type EncryptionRandomness, type EncryptionTarget, encrypt } from "./cipher/encrypt.ts";
export { TimelockError, type TimelockErrorFacts } from "./errors.ts";
export { type HashedWeights, hashCommit, hashCommitPreimage } from "./weights/hash-commit.ts";
export { type DecodedPayload, decodePayload, encodePayload, type WeightsPayload } from "./weights/payload.ts";
export {
  COMMIT_REVEAL_VERSION,
  openWeights,
  sealWeights,
  type TimelockedCommit,
  timelockedCommitHash,
} from "./weights/timelocked-commit.ts";
