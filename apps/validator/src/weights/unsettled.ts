import type { Head, SignerState } from "@assay/chain";
import { ValidatorError } from "../errors.ts";
import { reading, type WeightsContext } from "./context.ts";
import { type Hold, holdOf } from "./hold.ts";

/**
 * Holds for a block while the newest block shows something of our hotkey that no finalised one does: whether it stays,
 * and whose it is, finality tells. Without this two hosts could both set weights between two finalised blocks.
 */
export async function unsettled(
  context: WeightsContext,
  { head, signal }: { head: Head; signal: AbortSignal },
): Promise<Hold | undefined> {
  const { chain, netuid, mechid, signer } = context;
  const who = { netuid, mechid, hotkey: signer.address };
  const best = await reading("the best head", chain.bestHead(), signal);
  const [final, newest] = await Promise.all(
    [head, best].map(({ hash: at }) =>
      reading("what our hotkey does", chain.signerState(who, { at }), signal),
    ),
  );
  if (final === undefined || newest === undefined || isSame(final, newest)) return undefined;
  const facts = { code: "VALIDATOR_UNSETTLED", block: best.block, finalisedBlock: head.block } as const;
  const message = `Block ${best.block} shows something of this hotkey that is not final yet: the next block is waited for.`;
  return holdOf(new ValidatorError(facts, message));
}

function isSame(a: SignerState, b: SignerState): boolean {
  return a.nonce === b.nonce && a.lastUpdate === b.lastUpdate;
}
