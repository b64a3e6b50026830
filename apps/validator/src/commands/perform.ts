import { type Chain, connectChain } from "@assay/chain";
import { signerFromFile } from "@assay/chain/wallet";
import type { Signer } from "@assay/core";
import { createBackend } from "../backend.ts";
import type { CommandLine } from "../command-line.ts";
import { readPlace, readSettings, type Settings } from "../env.ts";
import { EXIT } from "../exit.ts";
import { createLog, type Logger } from "../log.ts";
import { exportJournal, importJournal } from "../store/hand-over.ts";
import { journalFolder } from "../store/open.ts";
import { examine, isFit, renderFindings } from "./doctor.ts";
import { dryRun } from "./dry-run.ts";
import { order } from "./orders.ts";
import { recover } from "./recover.ts";
import { showStatus } from "./status.ts";

type Surroundings = { readonly signal: AbortSignal; readonly write: (text: string) => void };

/** A command that asks or changes something and ends; its answer goes to standard output. */
export async function perform(line: CommandLine, surroundings: Surroundings): Promise<number> {
  const { command } = line;
  if (command === "status") return status(line, surroundings);
  if (command === "pause" || command === "resume") return orders(line, surroundings);
  if (command === "export" || command === "import") return handOver(line, surroundings);
  const settings = readSettings(line.settings);
  if (command === "doctor") return doctor(settings, line, surroundings);
  if (command === "recover") return recovery(settings, surroundings);
  return preview(settings, surroundings);
}

async function status({ settings, switches }: CommandLine, { signal, write }: Surroundings): Promise<number> {
  const [isWatching, isJson] = [switches.has("--watch"), switches.has("--json")];
  const view = { isWatching, isJson, write, signal };
  return (await showStatus(journalFolder(readPlace(settings)), view)) ? EXIT.done : EXIT.failed;
}

async function orders({ command, operand, settings }: CommandLine, { signal, write }: Surroundings) {
  const reason = operand ?? "asked for by the operator";
  const wanted = command === "pause" ? ({ kind: "pause", reason } as const) : ({ kind: "resume" } as const);
  write(`${await order(journalFolder(readPlace(settings)), { wanted, signal })}\n`);
  return EXIT.done;
}

async function handOver({ command, operand = "", settings }: CommandLine, { write }: Surroundings) {
  const place = readPlace(settings);
  const folder = journalFolder(place);
  const { address: hotkey } = await signerFromFile(place.hotkeyFile);
  if (command === "export") exportJournal(folder, { file: operand, hotkey });
  else importJournal(folder, { file: operand, hotkey });
  const says =
    command === "export"
      ? `The journal of ${hotkey} is in ${operand}; the one here is not used any more. Import it on one host, once.`
      : `The journal of ${hotkey} is in ${folder}. Delete ${operand}: it must not be imported anywhere else.`;
  write(`${says}\n`);
  return EXIT.done;
}

async function doctor(
  settings: Settings,
  { switches }: CommandLine,
  { write }: Surroundings,
): Promise<number> {
  const connect = (url: string) => connectChain({ url, deadlineMs: 10_000 });
  const signer = await signerFromFile(settings.hotkeyFile).catch(() => undefined);
  const chain = await connectChain({ url: settings.chainUrl, deadlineMs: 10_000 }).catch(() => undefined);
  try {
    const client = signer && createBackend(settings, signer);
    const folder = journalFolder(settings);
    const findings = await examine({ settings, folder, nowMs: Date.now, connect, chain, signer, client });
    write(switches.has("--json") ? `${JSON.stringify(findings)}\n` : `${renderFindings(findings)}\n`);
    return isFit(findings) ? EXIT.done : EXIT.failed;
  } finally {
    await chain?.close();
  }
}

async function recovery(settings: Settings, { write }: Surroundings): Promise<number> {
  return onChain(settings, async ({ chain, signer }) => {
    const { netuid, mechid } = settings;
    const place = { folder: journalFolder(settings), chain, hotkey: signer.address, netuid, mechid };
    write(`${JSON.stringify(await recover(place), undefined, 2)}\n`);
  });
}

async function preview(settings: Settings, { signal, write }: Surroundings): Promise<number> {
  return onChain(settings, async ({ chain, signer, log }) => {
    const client = createBackend(settings, signer);
    const latest = () => client.snapshots.latest();
    write(`${await dryRun({ settings, chain, signer, latest, log, signal })}\n`);
  });
}

type Connected = { readonly chain: Chain; readonly signer: Signer; readonly log: Logger };

async function onChain(settings: Settings, work: (connected: Connected) => Promise<void>): Promise<number> {
  const log = createLog(settings.logLevel);
  const signer = await signerFromFile(settings.hotkeyFile);
  const chain = await connectChain({ url: settings.chainUrl });
  try {
    await work({ chain, signer, log });
    return EXIT.done;
  } finally {
    await chain.close();
  }
}
