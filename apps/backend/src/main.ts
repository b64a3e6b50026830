import { runBackend } from "./run.ts";

process.exit(await runBackend());
