import type { Chain } from "@assay/chain";
import { ValidatorError } from "../errors.ts";
import { journalPath, openExisting } from "../store/open.ts";
import { replaceJournal } from "../store/recover.ts";

/** Longer than any era we sign with: what was signed before is in a block or dead after as many. */
const ERA_BLOCKS = 16;

type Place = {
  readonly folder: string;
  readonly chain: Chain;
  readonly hotkey: string;
  readonly netuid: number;
  readonly mechid: number;
};

/** What `recover` did, for people. */
export type Recovered = {
  readonly journal: string;
  readonly kept: string | null;
  readonly nonce: number;
  readonly lastUpdate: number | null;
  readonly pendingCommits: number;
  readonly throughEpoch: number;
  readonly afterBlock: number;
};

/**
 * Begins a new journal in the place of a lost or damaged one, after a look at the chain. Whatever the old one signed
 * takes effect in an epoch that the new one leaves alone.
 */
export async function recover({ folder, chain, hotkey, netuid, mechid }: Place): Promise<Recovered> {
  refuseIfWhole(folder);
  const [head, best] = await Promise.all([chain.finalisedHead(), chain.bestHead()]);
  const state = await chain.signerState({ netuid, mechid, hotkey }, { at: head.hash });
  const { epochIndex } = await chain.epochState(netuid, { at: head.hash });
  const afterBlock = Math.max(best.block, head.block) + ERA_BLOCKS;
  const reason = "the journal was lost, and what it signed may still be under way";
  const floor = { throughEpoch: epochIndex, afterBlock, reason };
  const identity = { genesis: chain.genesisHash, hotkey };
  const kept = replaceJournal(folder, { identity, floor, name: `lost-${head.block}` });
  const { nonce, lastUpdate, commits } = state;
  const seen = { nonce, lastUpdate, pendingCommits: commits.length };
  return { journal: journalPath(folder), kept, ...seen, throughEpoch: epochIndex, afterBlock };
}

/** The reasons for which a journal has to be begun anew; in any other case its memory is worth more. */
const LOST = new Set<string>([
  "VALIDATOR_JOURNAL_GONE",
  "VALIDATOR_JOURNAL_DAMAGED",
  "VALIDATOR_JOURNAL_ABSENT",
]);

function refuseIfWhole(folder: string): void {
  try {
    openExisting(folder).close();
  } catch (error) {
    if (error instanceof ValidatorError && LOST.has(error.code)) return;
    throw error;
  }
  const path = journalPath(folder);
  throw new ValidatorError(
    { code: "VALIDATOR_JOURNAL_PRESENT", path },
    `The journal ${path} is whole: there is nothing to recover, and replacing it would forget what was signed.`,
  );
}
