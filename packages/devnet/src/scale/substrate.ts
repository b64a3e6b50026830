import { names, struct, tuple, unit, variant, wrapper } from "./composites.ts";
import { bytes, compact, fixedBytes, i128, u8, u32, u64, u128 } from "./primitives.ts";
import type { Type } from "./type.ts";

/** A public key as 0x-prefixed hex. */
export const accountId = wrapper("sp_core::crypto::AccountId32", fixedBytes(32));
export const h256 = wrapper("primitive_types::H256", fixedBytes(32));

const nothing: Type<null> = {
  shape: { kind: "tuple", items: [] },
  write: () => undefined,
  read: () => null,
};
export const emptyTuple = nothing;

const indexNothing: Type<null> = { ...nothing, shape: { kind: "compact", of: nothing.shape } };

export const multiAddress = variant(
  "sp_runtime::multiaddress::MultiAddress",
  {
    Id: { index: 0, of: accountId },
    Index: { index: 1, of: indexNothing },
    Raw: { index: 2, of: bytes },
    Address32: { index: 3, of: fixedBytes(32) },
    Address20: { index: 4, of: fixedBytes(20) },
  },
  [
    { name: "AccountId", shape: accountId.shape },
    { name: "AccountIndex", shape: nothing.shape },
  ],
);

export const multiSignature = variant("sp_runtime::MultiSignature", {
  Ed25519: { index: 0, of: fixedBytes(64) },
  Sr25519: { index: 1, of: fixedBytes(64) },
  Ecdsa: { index: 2, of: fixedBytes(65) },
});

export const weight = struct("sp_weights::weight_v2::Weight", {
  ref_time: compact(u64),
  proof_size: compact(u64),
});

export const dispatchClass = names("frame_support::dispatch::DispatchClass", {
  Normal: 0,
  Operational: 1,
  Mandatory: 2,
});

export const pays = names("frame_support::dispatch::Pays", { Yes: 0, No: 1 });

export const moduleError = struct("sp_runtime::ModuleError", { index: u8, error: fixedBytes(4) });

const tokenError = names("sp_runtime::TokenError", {
  FundsUnavailable: 0,
  OnlyProvider: 1,
  BelowMinimum: 2,
  CannotCreate: 3,
  UnknownAsset: 4,
  Frozen: 5,
  Unsupported: 6,
  CannotCreateHold: 7,
  NotExpendable: 8,
  Blocked: 9,
});

const arithmeticError = names("sp_arithmetic::ArithmeticError", {
  Underflow: 0,
  Overflow: 1,
  DivisionByZero: 2,
});

const transactionalError = names("sp_runtime::TransactionalError", { LimitReached: 0, NoLayer: 1 });

const trieError = names("sp_runtime::proving_trie::TrieError", {
  InvalidStateRoot: 0,
  IncompleteDatabase: 1,
  ValueAtIncompleteKey: 2,
  DecoderError: 3,
  InvalidHash: 4,
  DuplicateKey: 5,
  ExtraneousNode: 6,
  ExtraneousValue: 7,
  ExtraneousHashReference: 8,
  InvalidChildReference: 9,
  ValueMismatch: 10,
  IncompleteProof: 11,
  RootMismatch: 12,
  DecodeError: 13,
});

export const dispatchError = variant("sp_runtime::DispatchError", {
  Other: { index: 0, of: undefined },
  CannotLookup: { index: 1, of: undefined },
  BadOrigin: { index: 2, of: undefined },
  Module: { index: 3, of: moduleError },
  ConsumerRemaining: { index: 4, of: undefined },
  NoProviders: { index: 5, of: undefined },
  TooManyConsumers: { index: 6, of: undefined },
  Token: { index: 7, of: tokenError },
  Arithmetic: { index: 8, of: arithmeticError },
  Transactional: { index: 9, of: transactionalError },
  Exhausted: { index: 10, of: undefined },
  Corruption: { index: 11, of: undefined },
  Unavailable: { index: 12, of: undefined },
  RootNotAllowed: { index: 13, of: undefined },
  Trie: { index: 14, of: trieError },
});

/** `Result<(), DispatchError>`, as Sudo reports it. */
export const dispatchResult = variant(
  "Result",
  { Ok: { index: 0, of: nothing }, Err: { index: 1, of: dispatchError } },
  [
    { name: "T", shape: nothing.shape },
    { name: "E", shape: dispatchError.shape },
  ],
);

/** substrate_fixed's I96F32 and U64F64: raw bits; the fractional width is a phantom parameter. */
export const i96f32 = struct("substrate_fixed::FixedI128", { bits: i128 });
export const u64f64 = struct("substrate_fixed::FixedU128", { bits: u128 });

/** The name of a string constant that Rust declares as `Cow<'static, _>`. */
export function cow<T>(of: Type<T>): Type<T> {
  return wrapper("Cow", of, [{ name: "T", shape: of.shape }]);
}

export const runtimeVersionApi = tuple(fixedBytes(8), u32);
export const noBytes = unit;
