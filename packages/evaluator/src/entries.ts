import { fileURLToPath } from "node:url";

/** Source and build keep the same folders, so an entry differs only in its ending. */
const ending = import.meta.url.endsWith(".ts") ? "ts" : "js";

/** Everything of this package that runs as a process or thread of its own. */
export const entries = {
  agentProcess: new URL(`./sandbox/agent-process.${ending}`, import.meta.url),
  agentWorker: new URL(`./sandbox/agent-worker.${ending}`, import.meta.url),
  join: new URL(`./remote/main.${ending}`, import.meta.url),
} as const;

/** The only folder the agent's process may read. */
export const codeFolder = fileURLToPath(new URL(".", import.meta.url));
