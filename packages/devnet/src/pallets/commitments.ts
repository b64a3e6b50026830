import { constant, identity, named, optionalMap, twox64, value } from "../metadata/declare.ts";
import { definePallet } from "../metadata/pallet.ts";
import { type Case, struct, tuple, variant, vec } from "../scale/composites.ts";
import { bytes, fixedBytes, u16, u32, u64 } from "../scale/primitives.ts";
import { accountId } from "../scale/substrate.ts";
import type { TypeOf } from "../scale/type.ts";

const TYPES = "pallet_commitments::types";
const MAX_RAW = 128;

/** The fields of one commitment: short raw bytes by length, hashes, sealed bytes, a flag, long raw bytes. */
const kinds: Readonly<Record<string, Case<unknown>>> = {
  None: { index: 0, of: undefined },
  ...Object.fromEntries(
    Array.from({ length: MAX_RAW + 1 }, (_, n) => [`Raw${n}`, { index: n + 1, of: fixedBytes(n) }]),
  ),
  BlakeTwo256: { index: 130, of: fixedBytes(32) },
  Sha256: { index: 131, of: fixedBytes(32) },
  Keccak256: { index: 132, of: fixedBytes(32) },
  ShaThree256: { index: 133, of: fixedBytes(32) },
  TimelockEncrypted: { index: 134, of: struct("", { encrypted: bytes, reveal_round: u64 }) },
  ResetBondsFlag: { index: 135, of: undefined },
  BigRaw: { index: 136, of: bytes },
};

const data = variant(`${TYPES}::Data`, kinds);
const info = struct(`${TYPES}::CommitmentInfo`, { fields: vec(data) });
const usage = struct("pallet_commitments::UsageTracker", { last_epoch: u64, used_space: u64 });
const registration = struct(`${TYPES}::Registration`, { deposit: u64, block: u32, info });

export { registration as registrationType };
/** What one account has committed. */
export type CommitmentInfo = TypeOf<typeof info>;
/** One field of it. */
export type CommitmentField = CommitmentInfo["fields"][number];

const ofHotkey = [identity(u16), twox64(accountId)] as const;

export const commitments = definePallet({
  name: "Commitments",
  index: 18,
  crate: "pallet_commitments",
  storage: {
    CommitmentOf: optionalMap(ofHotkey, registration),
    LastCommitment: optionalMap(ofHotkey, u32),
    UsedSpaceOf: optionalMap(ofHotkey, usage),
    MaxSpace: value(u32, 3_100),
    TimelockedIndex: value(vec(tuple(u16, accountId)), []),
    RevealedCommitments: optionalMap(ofHotkey, vec(tuple(bytes, u64))),
  },
  calls: { set_commitment: named(0, { netuid: u16, info }) },
  events: {
    Commitment: named(0, { netuid: u16, who: accountId }),
    TimelockCommitment: named(1, { netuid: u16, who: accountId, reveal_round: u64 }),
    CommitmentRevealed: named(2, { netuid: u16, who: accountId }),
  },
  errors: { TooManyFieldsInCommitmentInfo: 0, AccountNotAllowedCommit: 1, SpaceLimitExceeded: 2 },
  constants: { MaxFields: constant(u32, 3) },
});
