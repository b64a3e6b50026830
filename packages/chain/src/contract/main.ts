import { runContract } from "./run.ts";

process.exitCode = await runContract(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`));
