import { bumpNonce, debit } from "../balances/accounts.ts";
import type { Outer } from "../metadata/outer-enum.ts";
import type { Phase } from "../pallets/system.ts";
import type { ValidExtrinsic } from "../pool/validate.ts";
import { remove, write } from "../state/access.ts";
import { Overlay, type StateReader } from "../state/overlay.ts";
import type { Changes } from "../state/store.ts";
import { runCoinbase } from "../subtensor/coinbase.ts";
import { type Context, type DispatchResult, deposit, type Origin } from "./context.ts";
import { dispatch } from "./dispatch.ts";
import { type Extrinsic, timestampInherent } from "./extrinsic.ts";
import { feeOf } from "./fees.ts";
import { balances, system, transactionPayment } from "./runtime.ts";

type EventRecord = { readonly phase: Phase; readonly event: Outer; readonly topics: readonly string[] };

/** The block to build on. */
type Parent = { readonly state: StateReader; readonly number: number; readonly hash: string };
/** The new block's time, and whether the beacon is silent in it. */
type Slot = { readonly nowMs: number; readonly withholdsPulses: boolean };

/** How many blocks back `System.BlockHash` remembers. */
const BLOCK_HASH_COUNT = 2_400;

/** A block under construction: begins with the coinbase, then takes extrinsics one by one. */
export class BlockBuilder {
  readonly block: number;
  readonly #overlay: Overlay;
  readonly #records: EventRecord[] = [];
  readonly #extrinsics: Uint8Array[] = [];
  readonly #withholdsPulses: boolean;

  constructor(parent: Parent, { nowMs, withholdsPulses }: Slot) {
    this.block = parent.number + 1;
    this.#withholdsPulses = withholdsPulses;
    this.#overlay = new Overlay(parent.state);
    this.#begin(parent.hash);
    this.#phase({ tag: "Initialization", value: undefined }, runCoinbase);
    this.#apply(timestampInherent(nowMs), (context, extrinsic) =>
      dispatch(context, { kind: "none" }, extrinsic.call),
    );
  }

  /** The state that the next extrinsic will see. */
  get state(): StateReader {
    return this.#overlay;
  }

  /** Includes a valid extrinsic; whether its call succeeded is its own affair. */
  include(valid: ValidExtrinsic): { index: number; success: boolean } {
    const index = this.#extrinsics.length;
    const result = this.#apply(valid.extrinsic, (context) => execute(context, valid));
    return { index, success: result === undefined };
  }

  finish(): { changes: Changes; extrinsics: readonly Uint8Array[] } {
    write(this.#overlay, system.storage.Events, [this.#records]);
    write(this.#overlay, system.storage.EventCount, [this.#records.length]);
    return { changes: this.#overlay.changes, extrinsics: this.#extrinsics };
  }

  #begin(parentHash: string): void {
    const { Number, ParentHash, BlockHash } = system.storage;
    write(this.#overlay, Number, [this.block]);
    write(this.#overlay, ParentHash, [parentHash]);
    write(this.#overlay, BlockHash, [this.block - 1, parentHash]);
    if (this.block > BLOCK_HASH_COUNT) remove(this.#overlay, BlockHash, this.block - 1 - BLOCK_HASH_COUNT);
  }

  #apply(
    extrinsic: Extrinsic,
    work: (context: Context, extrinsic: Extrinsic) => DispatchResult,
  ): DispatchResult {
    const phase: Phase = { tag: "ApplyExtrinsic", value: this.#extrinsics.length };
    this.#extrinsics.push(extrinsic.encoded);
    return this.#phase(phase, (context) => {
      const result = work(context, extrinsic);
      report(context, extrinsic, result);
      return result;
    });
  }

  #phase<T>(phase: Phase, work: (context: Context) => T): T {
    const context: Context = {
      state: this.#overlay,
      block: this.block,
      events: [],
      withholdsPulses: this.#withholdsPulses,
      dispatch,
    };
    const result = work(context);
    this.#records.push(...context.events.map((event) => ({ phase, event, topics: [] })));
    return result;
  }
}

/** Nonce and fee are taken whether or not the call succeeds. */
function execute(context: Context, valid: ValidExtrinsic): DispatchResult {
  const { who, extrinsic, tip } = valid;
  bumpNonce(context.state, who);
  const fee = feeOf(extrinsic);
  if (fee + tip > 0n) {
    debit(context.state, who, fee + tip);
    deposit(context, balances, ["Withdraw", { who, amount: fee + tip }]);
  }
  const origin: Origin = { kind: "signed", who };
  const result = dispatch(context, origin, extrinsic.call);
  deposit(context, transactionPayment, ["TransactionFeePaid", { who, actual_fee: fee, tip }]);
  return result;
}

function report(context: Context, extrinsic: Extrinsic, result: DispatchResult): void {
  const dispatch_info = {
    weight: { ref_time: 0n, proof_size: 0n },
    class: extrinsic.signed === undefined ? "Mandatory" : "Normal",
    pays_fee: feeOf(extrinsic) === 0n ? "No" : "Yes",
  } as const;
  if (result === undefined) return deposit(context, system, ["ExtrinsicSuccess", { dispatch_info }]);
  deposit(context, system, ["ExtrinsicFailed", { dispatch_error: result, dispatch_info }]);
}
