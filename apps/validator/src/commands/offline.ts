import { signerFromFile } from "@assay/chain/wallet";
import type { CommandLine } from "../command-line.ts";
import { readPlace } from "../env.ts";
import { EXIT } from "../exit.ts";
import { exportJournal, importJournal } from "../store/hand-over.ts";
import { journalFolder } from "../store/open.ts";
import { order } from "./orders.ts";
import { printReceipts } from "./receipts.ts";
import { showStatus } from "./status.ts";

/** Where a command writes its answer, and what ends it early. */
export type Surroundings = { readonly signal: AbortSignal; readonly write: (text: string) => void };

/** Commands that need no chain and no backend: they start at once. */
export function performOffline(line: CommandLine, surroundings: Surroundings): Promise<number> {
  const { command } = line;
  if (command === "status") return status(line, surroundings);
  if (command === "pause" || command === "resume") return orders(line, surroundings);
  if (command === "receipts") return receipts(line, surroundings);
  return handOver(line, surroundings);
}

async function status({ settings, switches }: CommandLine, { signal, write }: Surroundings): Promise<number> {
  const [isWatching, isJson] = [switches.has("--watch"), switches.has("--json")];
  const view = { isWatching, isJson, write, signal };
  return (await showStatus(journalFolder(readPlace(settings)), view)) ? EXIT.done : EXIT.failed;
}

async function orders(
  { command, operand, settings }: CommandLine,
  { signal, write }: Surroundings,
): Promise<number> {
  const reason = operand ?? "asked for by the operator";
  const wanted = command === "pause" ? ({ kind: "pause", reason } as const) : ({ kind: "resume" } as const);
  write(`${await order(journalFolder(readPlace(settings)), { wanted, signal })}\n`);
  return EXIT.done;
}

async function receipts({ settings }: CommandLine, { write }: Surroundings): Promise<number> {
  printReceipts(journalFolder(readPlace(settings)), write);
  return EXIT.done;
}

async function handOver(
  { command, operand = "", settings }: CommandLine,
  { write }: Surroundings,
): Promise<number> {
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
