import { EXIT } from "../exit.ts";
import { createLog } from "../log.ts";
import { stopSignal } from "../signals.ts";

// Run as a process by the test: something that never ends by itself, however politely it is asked.
stopSignal(createLog("info"), () => process.exit(EXIT.interrupted));
setInterval(() => {}, 1_000_000);
process.stdout.write("ready\n");
