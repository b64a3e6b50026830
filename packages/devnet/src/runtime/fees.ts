import type { Extrinsic } from "./extrinsic.ts";

/** Calls that the runtime lets pass without a fee. */
const FREE_CALLS: ReadonlySet<string> = new Set([
  "Timestamp.set",
  "SubtensorModule.set_weights",
  "SubtensorModule.set_mechanism_weights",
  "SubtensorModule.batch_set_weights",
  "SubtensorModule.commit_weights",
  "SubtensorModule.commit_mechanism_weights",
  "SubtensorModule.batch_commit_weights",
  "SubtensorModule.commit_timelocked_weights",
  "SubtensorModule.commit_timelocked_mechanism_weights",
  "SubtensorModule.commit_crv3_mechanism_weights",
  "SubtensorModule.reveal_weights",
  "SubtensorModule.reveal_mechanism_weights",
  "SubtensorModule.batch_reveal_weights",
  "SubtensorModule.serve_axon",
  "Commitments.set_commitment",
  "Sudo.sudo",
  "Sudo.sudo_as",
]);
const BASE_FEE = 100_000n;
const FEE_PER_BYTE = 1n;

/** What an extrinsic costs its signer, in rao: a flat base and one rao per byte; weights, axons and commitments are free. */
export function feeOf(extrinsic: Pick<Extrinsic, "call" | "encoded">): bigint {
  const { pallet, name } = extrinsic.call;
  return FREE_CALLS.has(`${pallet}.${name}`)
    ? 0n
    : BASE_FEE + BigInt(extrinsic.encoded.length) * FEE_PER_BYTE;
}

/** The parts of {@link feeOf}. */
export function feeParts(extrinsic: Pick<Extrinsic, "call" | "encoded">): { base: bigint; length: bigint } {
  const total = feeOf(extrinsic);
  return total === 0n ? { base: 0n, length: 0n } : { base: BASE_FEE, length: total - BASE_FEE };
}
