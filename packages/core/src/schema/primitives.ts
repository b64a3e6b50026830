import { z } from "zod";

/** ss58 address of a hotkey or coldkey; the checksum is verified where keys are used. */
export const Address = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{47,48}$/, "expected an ss58 address");
export type Address = z.infer<typeof Address>;

/** Subnet, u16. */
export const Netuid = z.int().min(0).max(65_535);
/** Mechanism within a subnet, u8. */
export const Mechid = z.int().min(0).max(255);
/** Slot of a neuron, u16; reused after deregistration, so never an identity. */
export const Uid = z.int().min(0).max(65_535);
/** Finalised block height. */
export const Block = z.int().min(0).max(2_147_483_647);

/** One whole, in parts per billion. */
export const PPB = 1_000_000_000;
/** A share of one in integer parts per billion. */
export const Ppb = z.int().min(0).max(PPB);

/** Lower-case hex SHA-256, 64 digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "expected 64 lower-case hex digits");
/** 0x-prefixed 32-byte hash, as the chain writes block hashes. */
export const BlockHash = z.string().regex(/^0x[0-9a-f]{64}$/, "expected 0x and 64 lower-case hex digits");
/** 0x-prefixed 64-byte sr25519 signature. */
export const Signature = z.string().regex(/^0x[0-9a-f]{128}$/, "expected 0x and 128 lower-case hex digits");

/** A moment, ISO 8601 in UTC with milliseconds. */
export const IsoTime = z.iso.datetime({ precision: 3 });
/** A rao amount as a decimal string: it may exceed the safe integers of JSON. */
export const RaoText = z.string().regex(/^(0|[1-9]\d{0,19})$/, "expected a whole number of rao");

/** A finite number: NaN and the infinities are refused at the door. */
export const Finite = z.number();
/** A share in [0, 1]. */
export const Share = z.number().min(0).max(1);

/** Identifier `<kind>_<uuidv7>` of one kind of record. */
export function idOf<Kind extends string>(kind: Kind) {
  const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
  return z.string().regex(new RegExp(`^${kind}_${uuid}$`), `expected an id of kind ${kind}`);
}

export const CompetitionId = idOf("competition");
export const CycleId = idOf("cycle");
export const SubmissionId = idOf("submission");
export const JobId = idOf("job");
export const CandidateId = idOf("candidate");
export const KeyId = idOf("key");
