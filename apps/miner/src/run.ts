import { signerFromFile, verifySignature } from "@assay/chain/wallet";
import { createClient } from "@assay/client";
import { loadArtefact } from "./artefact.ts";
import { findCompetition } from "./competition.ts";
import type { Settings } from "./env.ts";
import type { Logger } from "./log.ts";
import { keepReceipt } from "./receipt.ts";
import { asking, type Registry } from "./registry.ts";
import { rehearse } from "./rehearse.ts";
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
  await enter(client, { settings, artefact, ...surroundings });
}

type Entry = Surroundings & {
  readonly settings: Pick<Settings, "home" | "competition" | "try" | "watch">;
  readonly artefact: Uint8Array;
};

/** The miner's whole dealing with a backend. */
export async function enter(registry: Registry, entry: Entry): Promise<void> {
  const { settings, artefact, log, signal, print } = entry;
  const competition = await findCompetition(registry, { id: settings.competition, signal });
  const trial = settings.try ? await rehearse(competition, { artefact, signal }) : null;
  if (trial) log.info({ ...trial, needed: competition.thresholds.minSuccessRate }, "agent tried here");
  const sent = registry.submitAgent(artefact, competition.id, { verify: verifySignature, signal });
  const accepted = await asking("the receipt", sent, signal);
  const { submission } = accepted;
  const receiptFile = await keepReceipt(settings.home, accepted);
  log.info({ submissionId: submission.id, competitionId: competition.id, receiptFile }, "agent submitted");
  print({ event: "submitted", trial, submission, receiptFile });
  if (!settings.watch) return;
  const judged = await watch(registry, { submission, everyMs: WATCH_MS, log, signal });
  print({ event: "judged", submission: judged });
}
