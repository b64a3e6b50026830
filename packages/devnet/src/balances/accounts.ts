import { balances, system } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import type { State, StateReader } from "../state/overlay.ts";

/** Free balance in rao. */
export function freeBalance(state: StateReader, who: string): bigint {
  return read(state, system.storage.Account, who).data.free;
}

/** Adds to an account's free balance; a new account comes into being. */
export function credit(state: State, who: string, amount: bigint): void {
  const account = read(state, system.storage.Account, who);
  const data = { ...account.data, free: account.data.free + amount };
  write(state, system.storage.Account, [
    who,
    { ...account, providers: Math.max(1, account.providers), data },
  ]);
}

/** Takes from an account's free balance, leaving at least the existential deposit; false if it cannot. */
export function debit(state: State, who: string, amount: bigint): boolean {
  const account = read(state, system.storage.Account, who);
  const left = account.data.free - amount;
  if (left < balances.constants.ExistentialDeposit.value) return false;
  write(state, system.storage.Account, [who, { ...account, data: { ...account.data, free: left } }]);
  return true;
}

export function nonceOf(state: StateReader, who: string): number {
  return read(state, system.storage.Account, who).nonce;
}

export function bumpNonce(state: State, who: string): void {
  const account = read(state, system.storage.Account, who);
  write(state, system.storage.Account, [who, { ...account, nonce: account.nonce + 1 }]);
}
