import { freeBalance, nonceOf } from "../balances/accounts.ts";
import { accountOf } from "../balances/transfer.ts";
import { callRefusal, DevnetError } from "../errors.ts";
import type { RuntimeVersion } from "../pallets/system.ts";
import { eraBirth, eraDeath } from "../runtime/era.ts";
import type { Extrinsic, SignedPart } from "../runtime/extrinsic.ts";
import { feeOf } from "../runtime/fees.ts";
import { balances } from "../runtime/runtime.ts";
import { isSignedBy } from "../runtime/signature.ts";
import type { StateReader } from "../state/overlay.ts";
import { checkGuards } from "../subtensor/guards.ts";
import { poolNumber } from "../subtensor/pool-numbers.ts";
import { POOL_CODE, poolRefusal } from "./refusal.ts";

/** What validity depends on: the state, the block the extrinsic would lie in, and earlier hashes. */
export type ValidityView = {
  readonly state: StateReader;
  readonly block: number;
  readonly genesisHash: string;
  readonly runtime: RuntimeVersion;
  hashOf(block: number): string | undefined;
};

/** A signed extrinsic whose signature, era and guards hold; its nonce may still lie ahead. */
export type ValidExtrinsic = {
  readonly extrinsic: Extrinsic;
  readonly who: string;
  readonly nonce: number;
  readonly tip: bigint;
  /** The block its signature covers; on a fork with another one there the signature is worth nothing. */
  readonly birth: { readonly number: number; readonly hash: string };
  /** First block in which its era is over. */
  readonly expires: number;
};

/** How many blocks back hashes are known. */
const BLOCK_HASH_COUNT = 2_400;
const BAD_SIGNATURE = "Transaction has a bad signature";

/** Accepts an extrinsic or refuses it as the node's pool does. */
export function validate(extrinsic: Extrinsic, view: ValidityView): ValidExtrinsic {
  const { who, signed, birth } = checkSignature(extrinsic, view);
  const { nonce, tip, era } = signed;
  const valid = { extrinsic, who, nonce, tip, birth, expires: eraDeath(era, view.block) };
  checkState(valid, view);
  return valid;
}

/** The checks that can fail later although they passed before. */
export function checkState(valid: ValidExtrinsic, view: ValidityView): void {
  const { extrinsic, who, nonce, tip, birth } = valid;
  if (view.hashOf(birth.number) !== birth.hash || view.block >= valid.expires)
    throw poolRefusal(POOL_CODE.invalid, BAD_SIGNATURE);
  if (nonce < nonceOf(view.state, who)) throw poolRefusal(POOL_CODE.invalid, "Transaction is outdated");
  const fee = feeOf(extrinsic) + tip;
  const spendable = freeBalance(view.state, who) - balances.constants.ExistentialDeposit.value;
  if (fee > 0n && spendable < fee) {
    throw poolRefusal(POOL_CODE.invalid, "Inability to pay some fees (e.g. account balance too low)");
  }
  runGuards(extrinsic, who, view);
}

function checkSignature(
  extrinsic: Extrinsic,
  view: ValidityView,
): { who: string; signed: SignedPart; birth: ValidExtrinsic["birth"] } {
  if (!isSigned(extrinsic)) {
    throw poolRefusal(POOL_CODE.unknown, "Could not find an unsigned validator for the unsigned transaction");
  }
  const who = lookUp(extrinsic.signed);
  const birth = birthOf(extrinsic.signed, view);
  const { genesisHash: genesis, runtime } = view;
  if (!isSignedBy(who, extrinsic, { genesis, birth: birth.hash, runtime })) {
    throw poolRefusal(POOL_CODE.invalid, BAD_SIGNATURE);
  }
  return { who, signed: extrinsic.signed, birth };
}

function isSigned(extrinsic: Extrinsic): extrinsic is Extrinsic & { signed: SignedPart } {
  return extrinsic.signed !== undefined;
}

function lookUp(signed: SignedPart): string {
  try {
    return accountOf(signed.address);
  } catch (cause) {
    const data = "Could not lookup information required to validate the transaction";
    throw new DevnetError(
      { code: "DEVNET_RPC", rpcCode: POOL_CODE.unknown, data },
      "Unknown Transaction Validity",
      { cause },
    );
  }
}

/** An expired era points at a later block, so that the signature no longer fits: the node says so too. */
function birthOf(signed: SignedPart, view: ValidityView): ValidExtrinsic["birth"] {
  const birth = eraBirth(signed.era, view.block);
  const isForgotten = birth > 0 && birth < view.block - BLOCK_HASH_COUNT;
  const hash = isForgotten ? undefined : view.hashOf(birth);
  if (hash === undefined) throw poolRefusal(POOL_CODE.invalid, "Transaction has an ancient birth block");
  return { number: birth, hash };
}

function runGuards(extrinsic: Extrinsic, who: string, view: ValidityView): void {
  try {
    checkGuards(view.state, { who, call: extrinsic.call, block: view.block });
  } catch (error) {
    const refused = callRefusal(error);
    if (refused === undefined) throw error;
    throw poolRefusal(POOL_CODE.invalid, `Custom error: ${poolNumber(refused.error)}`);
  }
}
