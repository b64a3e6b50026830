import { maxUpscaleU16 } from "@assay/core";
import { ChainError } from "../errors.ts";
import type { WeightRow } from "../subnet.ts";
import { isAddress } from "../wallet/address.ts";
import type { SetWeightsRequest } from "../weights.ts";

const U8_MAX = 255;
const U16_MAX = 65_535;
const LEAST_SALT = 8;
const U64_MAX = 2n ** 64n - 1n;

/** Refuses a request that could not be encoded as it is meant; whether the chain would take it is preflight's matter. */
export function assertEncodable(request: SetWeightsRequest): void {
  assertWhole("netuid", request.netuid, U16_MAX);
  assertWhole("mechid", request.mechid, U8_MAX);
  if (request.versionKey < 0n || request.versionKey > U64_MAX) throw invalid("versionKey", "expected a u64");
  if (!isAddress(request.signer.address)) throw invalid("signer", "expected an ss58 address with prefix 42");
  assertRow(request.row);
}

/** Refuses a salt that would not hide what is committed. */
export function assertSalt(salt: readonly number[]): void {
  for (const [index, part] of salt.entries()) assertWhole(`hashCommit.salt[${index}]`, part, U16_MAX);
  if (salt.length < LEAST_SALT) throw invalid("hashCommit.salt", `fewer than ${LEAST_SALT} numbers`);
}

/** The row as the chain will store it: its largest weight becomes 65,535. */
export function storedRow(row: WeightRow): WeightRow {
  const scaled = maxUpscaleU16(row.map(([, weight]) => weight));
  return row.map(([uid], index) => [uid, scaled[index] ?? 0] as const);
}

function assertRow(row: WeightRow): void {
  for (const [index, [uid, weight]] of row.entries()) {
    assertWhole(`row[${index}].uid`, uid, U16_MAX);
    assertWhole(`row[${index}].weight`, weight, U16_MAX);
  }
  // The chain would take such a row and pay nobody; whoever means that sends weight to the owner.
  if (!row.some(([, weight]) => weight > 0)) throw invalid("row", "no weight above zero");
}

function assertWhole(field: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw invalid(field, `${value} is not a whole number from 0 to ${most}`);
}

function invalid(field: string, problem: string): ChainError {
  return new ChainError({ code: "CHAIN_REQUEST_INVALID", field, problem }, `${field}: ${problem}`);
}
