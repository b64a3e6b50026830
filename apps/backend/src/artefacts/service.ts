import type { Artefact, ArtefactRef, HotkeyCaller } from "@assay/api";
import { hasJobOn } from "@assay/db";
import type { Backend } from "../backend.ts";
import { found } from "../not-found.ts";

/** The bytes of an agent, for a validator that was asked to run it; nobody else learns that they exist. */
export async function getArtefact(
  { db, netuid, artefacts }: Backend,
  { sha256, caller }: ArtefactRef & { caller: HotkeyCaller },
): Promise<Artefact> {
  const isAsked = await hasJobOn(db, { netuid, validator: caller.hotkey, sha256 });
  const bytes = isAsked ? await artefacts.get(sha256) : undefined;
  const stored = bytes === undefined ? undefined : { netuid, bytes };
  const artefact = found(stored, { kind: "artefact", id: sha256, netuid });
  return { sha256, artefact: Buffer.from(artefact.bytes).toString("base64") };
}
