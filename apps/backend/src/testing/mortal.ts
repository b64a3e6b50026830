import { connectChain } from "@assay/chain";
import { systemClock } from "@assay/core";
import { readSettings } from "../env.ts";
import { createLog } from "../log.ts";
import { startBackend } from "../start.ts";

// A backend that kills itself when it passes the point named by its first argument for the second time.
const [, , point] = process.argv;
const settings = readSettings();
const log = createLog(settings.logLevel);
const chain = await connectChain({ url: settings.chainUrl, log });
let passed = 0;
const { url } = await startBackend(settings, {
  clock: systemClock,
  chain,
  log,
  trace: (reached) => {
    if (reached !== point) return;
    passed += 1;
    if (passed === 2) process.kill(process.pid, "SIGKILL");
  },
});
process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
