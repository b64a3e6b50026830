import type { Command } from "commander";
import type { CommandContext } from "../program.ts";
import { wholeNumber } from "./options.ts";

type UpOptions = import("../up/command.ts").UpFlags;
type DevnetOptions = import("./devnet.ts").DevnetFlags;

const port = wholeNumber(0, 65_535);

/** Adds what needs no backend: `up`, `devnet`, `epoch`. Each loads its code only when it is called. */
export function addChainCommands(program: Command, { out, ends }: CommandContext): void {
  program
    .command("up")
    .description("Run a whole subnet on this machine: chain, database, backend, validators, miners.")
    .option("--epochs <n>", "stop after n epochs (default: run until Ctrl-C)", wholeNumber(1, 1_000_000))
    .option("--auto-approve", "let the demo admin approve the best candidate", false)
    .option("--auto-reject", "let the demo admin reject every candidate", false)
    .option("--hold", "keep the chain up after the last epoch, until Ctrl-C", false)
    .option("--json", "print one JSON document at the end, progress on standard error", false)
    .option("--port <port>", "port of the chain; 0 picks a free one", port, 9944)
    .option("--backend-port <port>", "port of the backend; 0 picks a free one", port, 3000)
    .action(async (flags: UpOptions) => ends(await (await import("../up/command.ts")).up(flags, out)));
  program
    .command("devnet")
    .description("Run a local Subtensor-compatible chain with development accounts.")
    .option("--port <port>", "0 picks a free one", port, 9944)
    .option(
      "--block-ms <ms>",
      "wall time of a block; 0 makes blocks by hand (dev_newBlock)",
      wholeNumber(0, 600_000),
      250,
    )
    .option("--blocks <n>", "stop after n blocks", wholeNumber(1, 1_000_000_000))
    .option("--genesis <file>", "who and what is on it from the start (default: development accounts)")
    .option("--load <file>", "a recorded metagraph to add as a subnet")
    .option("--state <file>", "continue the chain in this file, and save it there on a clean stop")
    .option("--metadata <file>", "serve this recorded metadata instead of the devnet's own")
    .action(async (flags: DevnetOptions) => ends(await (await import("./devnet.ts")).runDevnet(flags, out)));
  program
    .command("epoch")
    .description("Compute Yuma epochs from a JSON file: one { input } or an array of them.")
    .argument("<file>", "epoch file, with the field names of the vectors")
    .option("--json", "print a JSON array of outputs", false)
    .action(async (file: string, { json }: { json: boolean }) =>
      (await import("./epoch.ts")).runEpochs(file, { json, out }),
    );
}
