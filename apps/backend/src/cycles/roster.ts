import { type Db, listKeyedHotkeys, listValidators, type RosterEntry } from "@assay/db";
import { type Backend, nowOf } from "../backend.ts";

/** Epochs a validator may be silent and still be asked. */
const SILENT_EPOCHS = 2;

/** Validators to ask now: permit on chain, key in force, evaluates, heard of within two epochs; stake as it stands. */
export async function currentRoster(db: Db, backend: Backend): Promise<RosterEntry[]> {
  const { netuid, subnet } = backend;
  const { metagraph, neurons } = subnet.current();
  const keyed = new Set(await listKeyedHotkeys(db, { netuid, now: nowOf(backend) }));
  const since = metagraph.at.block - SILENT_EPOCHS * metagraph.tempo;
  const reports = await listValidators(db, { netuid });
  return reports
    .filter(({ heartbeatBlock, duties }) => heartbeatBlock >= since && duties.includes("evaluate"))
    .flatMap(({ hotkey }) => neurons.get(hotkey) ?? [])
    .filter(({ hotkey, validatorPermit }) => validatorPermit && keyed.has(hotkey))
    .map(({ hotkey, coldkey, stakeRao }) => ({ hotkey, coldkey, stakeRao: stakeRao.toString() }));
}
