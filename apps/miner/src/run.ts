import { signerFromFile, verifySignature } from "@assay/chain/wallet";
import { createClient } from "@assay/client";
import { loadArtefact } from "./artefact.ts";
import { findCompetition } from "./competition.ts";
import type { Settings } from "./env.ts";
import type { Logger } from "./log.ts";
import { keepReceipt, openReceipt } from "./receipt.ts";
import type { Registry } from "./registry.ts";
import { rehearse } from "./rehearse.ts";
import { sha256Of, submit } from "./submit.ts";
import { watch } from "./watch.ts";

type Surroundings = {
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Prints one result for whoever reads standard output. */
  readonly print: (result: object) => void;
};

const WATCH_MS = 2_000;

/** Builds or reads an agent, tries it if asked to, submits it, keeps the receipt, and follows it if asked to. */
export async function runMiner(settings: Settings, surroundings: Surroundings): Promise<void> {
  const { backendUrl: url, netuid } = settings;
  const signer = await signerFromFile(settings.hotkeyFile);
  const artefact = await loadArtefact(settings);
  const client = createClient({ url, netuid, signer });
  try {
    await enter(client, { settings, artefact, hotkey: signer.address, ...surroundings });
  } finally {
    await client.close();
  }
}

type Entry = Surroundings & {
  readonly settings: Pick<Settings, "netuid" | "home" | "competition" | "try" | "watch">;
  readonly artefact: Uint8Array;
  readonly hotkey: string;
};

/** The miner's whole dealing with a backend. */
export async function enter(registry: Registry, entry: Entry): Promise<void> {
  const { settings, artefact, hotkey, log, signal, print } = entry;
  const { netuid, home } = settings;
  const competition = await findCompetition(registry, { id: settings.competition, signal });
  const trial = settings.try ? await rehearse(competition, { artefact, signal }) : null;
  if (trial) log.info({ ...trial, needed: competition.thresholds.minSuccessRate }, "agent tried here");
  const accepted = await submit(registry, { competition, artefact, signal });
  const { submission } = accepted;
  const expected = { netuid, submissionId: submission.id, competitionId: competition.id, hotkey };
  const verified = { expected: { ...expected, sha256: sha256Of(artefact) }, verify: verifySignature };
  openReceipt(accepted.receipt, verified);
  const receiptFile = await keepReceipt(home, accepted);
  log.info({ submissionId: submission.id, competitionId: competition.id, receiptFile }, "agent submitted");
  print({ event: "submitted", trial, submission, receiptFile });
  if (!settings.watch) return;
  const judged = await watch(registry, { submission, everyMs: WATCH_MS, log, signal });
  print({ event: "judged", submission: judged });
}
