import { closeSync, existsSync, fsyncSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** The file that remembers that a journal existed: without it a lost journal would look like a first start. */
export function markerPath(journalPath: string): string {
  return `${journalPath}.marker`;
}

/** Writes the marker once, with its folder entry on disk before it returns. */
export function ensureMarker(journalPath: string, identity: { genesis: string; hotkey: string }): void {
  const path = markerPath(journalPath);
  if (existsSync(path)) return;
  const file = openSync(path, "wx", 0o600);
  writeSync(file, `${JSON.stringify({ journal: "assay-validator", ...identity })}\n`);
  fsyncSync(file);
  closeSync(file);
  const folder = openSync(dirname(path), "r");
  fsyncSync(folder);
  closeSync(folder);
}
