import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Status } from "./status.ts";

const StatusFile = z.object({ writtenAt: z.iso.datetime(), status: Status });
export type StatusFile = z.infer<typeof StatusFile>;

/** A running validator holds its journal, so it writes beside it how it stands. */
export function writeStatusFile(folder: string, file: StatusFile): void {
  const path = pathIn(folder);
  writeFileSync(`${path}.part`, `${JSON.stringify(file)}\n`, { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

/** What a validator last wrote about itself; undefined if none ever did. */
export function readStatusFile(folder: string): StatusFile | undefined {
  try {
    return StatusFile.parse(JSON.parse(readFileSync(pathIn(folder), "utf8")));
  } catch {
    return undefined;
  }
}

/** A stopped validator leaves nothing that could be taken for a running one. */
export function removeStatusFile(folder: string): void {
  rmSync(pathIn(folder), { force: true });
}

function pathIn(folder: string): string {
  return join(folder, "status.json");
}
