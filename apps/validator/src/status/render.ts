import type { StatusFile } from "./file.ts";
import type { Status } from "./status.ts";

const BLOCK_SECONDS = 12;
/** A status is written with every block; an older one says that something stands still. */
const STALE_SECONDS = 120;

/** A status for people: one line per fact, what needs attention marked. */
export function renderStatus(
  { writtenAt, status }: StatusFile,
  { nowMs, isRunning }: { nowMs: number; isRunning: boolean },
): string {
  const age = Math.max(0, Math.round((nowMs - Date.parse(writtenAt)) / 1_000));
  const lines: [string, string][] = [
    ["validator", `${status.version}, ${stateOf(isRunning, age)}`],
    ["hotkey", status.hotkey],
    ["subnet", `${status.netuid}, mechanism ${status.mechid}, chain ${status.genesis.slice(0, 10)}…`],
    ["duties", status.duties.join(", ")],
    ["chain", `${upOrDown(status.isChainUp)}, block ${status.block ?? "unknown"}`],
    ["backend", upOrDown(status.isBackendUp)],
    ["next epoch", nextEpochOf(status)],
    ["snapshot", snapshotOf(status)],
    ["last set", lastSetOf(status)],
    ["weights", weightsOf(status)],
    ["backlog", `${status.backlog} results`],
    ["evaluators", `${status.evaluators} of other hosts`],
  ];
  return lines.map(([name, text]) => `${name.padEnd(12)}${text}`).join("\n");
}

function stateOf(isRunning: boolean, ageSeconds: number): string {
  if (!isRunning) return "not running";
  return ageSeconds < STALE_SECONDS ? "running" : `running, but silent for ${ageSeconds} s`;
}

function upOrDown(isUp: boolean): string {
  return isUp ? "up" : "DOWN";
}

function nextEpochOf({ epoch, block }: Status): string {
  if (epoch === null || epoch.nextBlock === null || block === null) return "unknown";
  const blocks = Math.max(0, epoch.nextBlock - block);
  return `epoch ${epoch.index + 1} in ${blocks} blocks, about ${durationOf(blocks * BLOCK_SECONDS)}`;
}

function durationOf(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function snapshotOf({ snapshot, block }: Status): string {
  if (snapshot === null) return "none yet";
  const { version, validUntil } = snapshot;
  const left = validUntil - (block ?? 0);
  return `version ${version}, ${left > 0 ? `valid for ${left} blocks` : `EXPIRED ${-left} blocks ago`}`;
}

function lastSetOf({ lastSet, block }: Status): string {
  if (lastSet === null) return "never";
  const ago = (block ?? lastSet.block) - lastSet.block;
  const what = `block ${lastSet.block} (${ago} blocks ago), epoch ${lastSet.epochIndex}`;
  return `${what}, snapshot ${lastSet.snapshotVersion}, ${lastSet.state}`;
}

function weightsOf({ hold, isPaused }: Status): string {
  if (hold !== null) return `HELD ${hold.code}: ${hold.reason}`;
  return isPaused ? "PAUSED" : "in order";
}
