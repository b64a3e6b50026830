import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What the Python libraries took and found, on the same inputs. */
export type Peers = {
  readonly versions: { readonly numpy: string; readonly sklearn: boolean };
  /** Microseconds by name. */
  readonly medians: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, readonly number[]>>;
};

/** Inputs as files: name and bytes. */
export type PeerInputs = {
  readonly answers: readonly number[];
  readonly sides: readonly number[];
  readonly files: Readonly<Record<string, Uint8Array>>;
};

const SCRIPT = fileURLToPath(new URL("peers.py", import.meta.url));

/** Runs numpy and scikit-learn on the inputs; undefined, and said so, where `python3` or numpy is not on the machine. */
export function timePeers({ answers, sides, files }: PeerInputs): Peers | undefined {
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-"));
  try {
    writeFileSync(join(folder, "plan.json"), JSON.stringify({ answers, sides, seconds: 1 }));
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    const run = spawnSync("python3", [SCRIPT, folder], { encoding: "utf8" });
    if (run.status === 0) return JSON.parse(run.stdout) as Peers;
    console.info("python3 with numpy is not on this machine: compared with naive TypeScript only");
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
