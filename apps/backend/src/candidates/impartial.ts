import { ApiError, type KeyCaller } from "@assay/api";
import { type CandidateRow, type Db, findApiKey, listInterests } from "@assay/db";
import type { Backend } from "../backend.ts";

/** The person behind a key. */
export async function ownerOf(db: Db, { id, name }: Pick<KeyCaller, "id" | "name">): Promise<string> {
  return (await findApiKey(db, id))?.owner ?? name;
}

type Judge = { backend: Backend; candidate: CandidateRow; owner: string };

/** Throws API_CONFLICT_OF_INTEREST if a person has a stake in the candidate's miner. */
export async function assertImpartial(db: Db, judge: Judge): Promise<void> {
  const address = await stakeIn(db, judge);
  if (address === undefined) return;
  const { owner, candidate } = judge;
  const message = `${owner} has a stake in ${address}, the candidate's miner: somebody else must decide.`;
  throw new ApiError({ code: "API_CONFLICT_OF_INTEREST", id: candidate.id, owner, address }, message);
}

/** The address through which a person has a stake in a candidate: declared, bound to a key of theirs, or its coldkey's. */
export async function stakeIn(db: Db, { backend, candidate, owner }: Judge): Promise<string | undefined> {
  const { hotkey, coldkey, netuid } = candidate;
  const { neurons } = backend.subnet.current();
  const addresses = await listInterests(db, { netuid, owner });
  return addresses.find(
    (address) => [hotkey, coldkey].includes(address) || neurons.get(address)?.coldkey === coldkey,
  );
}
