import { type ChildProcess, spawn } from "node:child_process";
import type { Command } from "commander";
import { namedNetuid } from "../access.ts";
import { entries } from "../entries.ts";
import { environmentWith } from "../env.ts";
import { EXIT } from "../errors.ts";
import type { CommandContext } from "../program.ts";
import { hotkeyFile, type WalletFlags } from "../wallet.ts";
import { wholeNumber, withWallet } from "./options.ts";

const VALIDATOR_HELP = `
Commands (run if there is none):
  run                 set weights and evaluate agents, until Ctrl-C
  doctor              look at everything a validator needs, with advice
  status              show what the running validator does
  dry-run             print the extrinsic that would be sent, and what it would change
  pause, resume       hold and go on setting weights
  recover             make a lost journal anew from the chain
  export, import      move the journal to another host

Flags: --backend-url, --api-key-file, --netuid, --wallet.name, --wallet.hotkey, --wallet.path,
--subtensor.network, --subtensor.chain_endpoint, --duties, --evaluator-port, --home and more; each also as ASSAY_… or BT_….`;

const EVALUATOR_HELP = `
Flags, each also in the environment:
  --join <url>               the validator: wss://…, or ws:// on this machine (ASSAY_JOIN)
  --join-secret-file <file>  the secret both sides hold (ASSAY_JOIN_SECRET_FILE)
  --evaluator-name <name>    what the validator calls it; the host's name (ASSAY_EVALUATOR_NAME)
  --allow-plain              ws:// to another host, inside a private network only (ASSAY_ALLOW_PLAIN)
  --log-level <level>        error, warn, info or debug (ASSAY_LOG_LEVEL)

It needs no wallet, chain or backend. The validator listens with --evaluator-port and the same secret,
made once with: openssl rand -hex 32`;

/** Adds `validator`, `evaluator` and `miner`: processes of this terminal, with the flags and variables they are given. */
export function addAppCommands(program: Command, { ends }: CommandContext): void {
  program
    .command("validator")
    .description("Run a validator, or one of its commands.")
    .usage("[command] [flags]")
    .argument("[args...]")
    .helpOption("--help", "print this")
    .allowUnknownOption()
    .passThroughOptions()
    .addHelpText("after", VALIDATOR_HELP)
    .action(async (args: string[]) => ends(await runApp({ entry: entries.validator, args })));
  program
    .command("evaluator")
    .description("Evaluate agents for a validator on another host, without any key.")
    .usage("--join <url> --join-secret-file <file> [flags]")
    .argument("[args...]")
    .helpOption("--help", "print this")
    .allowUnknownOption()
    .passThroughOptions()
    .addHelpText("after", EVALUATOR_HELP)
    .action(async (args: string[]) => ends(await runApp({ entry: entries.evaluator, args })));
  withWallet(program.command("miner"))
    .description("Submit a sample agent or one of your own, and follow it.")
    .usage("(--agent <kind> | --file <agent>) [flags]")
    .argument("[args...]")
    .option("--netuid <netuid>", "subnet (ASSAY_NETUID, BT_NETUID)", wholeNumber(0, 65_535))
    .allowUnknownOption()
    .addHelpText(
      "after",
      "\nFurther flags: --backend-url, --competition, --try, --watch, --home; each also as ASSAY_….",
    )
    .action(async (args: string[], flags: MinerFlags) =>
      ends(await runApp({ entry: entries.miner, args, env: minerSettings(flags) })),
    );
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
