import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { entries } from "../entries.ts";

/** Whether this system shows its processes as files, which some tests need to look at the agent's. */
export const hasProc = process.platform === "linux";

/** Process ids of the agents' processes this one started and that still run. */
export function agentProcesses(): number[] {
  const script = fileURLToPath(entries.agentProcess);
  const threads = readdirSync("/proc/self/task");
  const children = threads.flatMap((id) => read(`/proc/self/task/${id}/children`).split(" ").filter(Boolean));
  return children.map(Number).filter((pid) => read(`/proc/${pid}/cmdline`).split("\0").includes(script));
}

export function environmentOf(pid: number): string {
  return read(`/proc/${pid}/environ`);
}

/** Files of a process may vanish with it at any moment. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
