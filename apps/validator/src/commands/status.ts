import { pause } from "../loop/pause.ts";
import { readStatusFile } from "../status/file.ts";
import { renderStatus } from "../status/render.ts";

const EVERY_MS = 2_000;

type View = {
  readonly isWatching: boolean;
  readonly isJson: boolean;
  readonly write: (text: string) => void;
  readonly signal: AbortSignal;
};

/** Shows what a validator last wrote about itself; watching, again and again. False if there is nothing to show. */
export async function showStatus(folder: string, view: View): Promise<boolean> {
  const { isWatching, isJson, write, signal } = view;
  do {
    const file = readStatusFile(folder);
    if (file === undefined && !isWatching) {
      write(`no validator runs with the journal in ${folder}\n`);
      return false;
    }
    const shown = file && { ...file, isRunning: isAlive(file.status.pid) };
    const text = shown
      ? renderStatus(shown, { nowMs: Date.now(), isRunning: shown.isRunning })
      : "no validator runs here";
    write(
      isJson ? `${JSON.stringify(shown ?? null)}\n` : `${isWatching ? "\u001b[2J\u001b[H" : ""}${text}\n`,
    );
    if (isWatching) await pause(EVERY_MS, signal);
  } while (isWatching && !signal.aborted);
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
