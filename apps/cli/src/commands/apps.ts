import { type ChildProcess, spawn } from "node:child_process";
import type { Command } from "commander";
import { namedNetuid } from "../access.ts";
import { entries } from "../entries.ts";
import { environmentWith } from "../env.ts";
import { EXIT } from "../errors.ts";
import type { CommandContext } from "../program.ts";
import { hotkeyFile, type WalletFlags } from "../wallet.ts";
import { BACKEND_HELP, EVALUATOR_HELP, MINER_HELP, VALIDATOR_HELP } from "./app-help.ts";
import { wholeNumber, withWallet } from "./options.ts";

/** Adds `backend`, `validator`, `evaluator` and `miner`: processes of this terminal, with the flags and variables they are given. */
export function addAppCommands(program: Command, { ends }: CommandContext): void {
  program
    .command("backend")
    .description("Run the backend of a subnet, or one more replica of it.")
    .helpOption("--help", "print this")
    .addHelpText("after", BACKEND_HELP)
    .action(async () => ends(await runApp({ entry: entries.backend, args: [] })));
  passedOn(program, "validator")
    .description("Run a validator, or one of its commands.")
    .usage("[command] [flags]")
    .addHelpText("after", VALIDATOR_HELP)
    .action(async (args: string[]) => ends(await runApp({ entry: entries.validator, args })));
  passedOn(program, "evaluator")
    .description("Evaluate agents for a validator on another host, without any key.")
    .usage("--join <url> --join-secret-file <file> [flags]")
    .addHelpText("after", EVALUATOR_HELP)
    .action(async (args: string[]) => ends(await runApp({ entry: entries.evaluator, args })));
  withWallet(program.command("miner"))
    .description("Submit a sample agent or one of your own, and follow it.")
    .usage("(--agent <kind> | --file <agent>) [flags]")
    .argument("[args...]")
    .option("--netuid <netuid>", "subnet (ASSAY_NETUID, BT_NETUID)", wholeNumber(0, 65_535))
    .allowUnknownOption()
    .addHelpText("after", MINER_HELP)
    .action(async (args: string[], flags: MinerFlags) =>
      ends(await runApp({ entry: entries.miner, args, env: minerSettings(flags) })),
    );
}

/** A command whose words are all the app's own. */
function passedOn(program: Command, app: string): Command {
  return program
    .command(app)
    .argument("[args...]")
    .helpOption("--help", "print this")
    .allowUnknownOption()
    .passThroughOptions();
}

type MinerFlags = WalletFlags & { netuid?: number };

/** What the miner app reads under one name each, whatever it was called here. */
function minerSettings(flags: MinerFlags): Record<string, string> {
  const netuid = namedNetuid(flags);
  return {
    ASSAY_HOTKEY_FILE: hotkeyFile(flags),
    ...(netuid === undefined ? {} : { ASSAY_NETUID: String(netuid) }),
  };
}

type App = {
  readonly entry: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
};

/** Runs an app in this terminal; answers with its exit code. */
export function runApp({ entry, args, env = {} }: App): Promise<number> {
  // The channel is its life line: it stops by itself when this process is gone.
  const child = spawn(process.execPath, [entry, ...args], {
    env: environmentWith(env),
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  const release = handOnSignals(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      release();
      resolve(code ?? EXIT.failed);
    });
  });
}

/** A terminal's Ctrl-C reaches the app by itself; a signal meant for this process alone is handed on. */
function handOnSignals(child: ChildProcess): () => void {
  const handOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  const leave = (): void => undefined;
  process.on("SIGTERM", handOn).on("SIGHUP", handOn).on("SIGINT", leave);
  return () => void process.off("SIGTERM", handOn).off("SIGHUP", handOn).off("SIGINT", leave);
}
