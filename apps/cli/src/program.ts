import { CodedError } from "@assay/core";
import { Command, CommanderError } from "commander";
import manifest from "../package.json" with { type: "json" };
import { addAdminCommands } from "./commands/admin.ts";
import { addAgentCommands } from "./commands/agents.ts";
import { addAppCommands } from "./commands/apps.ts";
import { addAuditCommand } from "./commands/audit.ts";
import { addBanCommands } from "./commands/bans.ts";
import { addChainCommands } from "./commands/chain.ts";
import { addCompetitionCommands } from "./commands/competition-commands.ts";
import { addInterestsCommand } from "./commands/interests.ts";
import { addKeyCommands } from "./commands/key-commands.ts";
import { addLeaderboardCommand } from "./commands/leaderboard.ts";
import { addLeadersCommand } from "./commands/leaders.ts";
import { addReceiptsCommand } from "./commands/receipts/command.ts";
import { addRulesCommands } from "./commands/rules.ts";
import { addSettingsCommands } from "./commands/settings.ts";
import { addSubmissionCommands } from "./commands/submissions.ts";
import { addSubnetCommands } from "./commands/subnet.ts";
import { EXIT } from "./errors.ts";
import { describeError, type Output } from "./output.ts";

/** The command line as an object: `run` answers with the exit code and never ends the process. */
export type Program = { run(argv: readonly string[]): Promise<number> };

/** What a group of commands is built with. */
export type CommandContext = {
  readonly out: Output;
  /** Records what a command ends with; without it the command ends with 0. */
  readonly ends: (code: number) => void;
};

/** In the order people read of them. */
const GROUPS = [
  addChainCommands,
  addAppCommands,
  addAgentCommands,
  addSubnetCommands,
  addAdminCommands,
  addCompetitionCommands,
  addSubmissionCommands,
  addLeaderboardCommand,
  addLeadersCommand,
  addBanCommands,
  addKeyCommands,
  addInterestsCommand,
  addRulesCommands,
  addSettingsCommands,
  addAuditCommand,
  addReceiptsCommand,
];

/** Builds the `assay` command with all its subcommands. */
export function createProgram(out: Output): Program {
  let code: number = EXIT.done;
  const ends = (ended: number): void => {
    code = ended;
  };
  const program = new Command("assay")
    .description("The incentive mechanism of a Bittensor subnet.")
    .version(manifest.version)
    .exitOverride()
    // What stands behind the name of an app is the app's.
    .enablePositionalOptions()
    .configureOutput({
      writeOut: (text) => out.result(text.trimEnd()),
      writeErr: (text) => out.note(text.trimEnd()),
    });
  for (const add of GROUPS) add(program, { out, ends });
  return {
    run: async (argv) => (await failure(program, { argv, out })) ?? code,
  };
}

/** Runs the program; undefined if nothing was refused, else the exit code. */
async function failure(
  program: Command,
  { argv, out }: { argv: readonly string[]; out: Output },
): Promise<number | undefined> {
  try {
    await program.parseAsync(argv);
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    out.note(describeError(error));
    return exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  if (!(error instanceof CodedError)) return EXIT.failed;
  const code: string = error.code;
  if (code === "CLI_USAGE") return EXIT.usage;
  return code === "CLI_SETTINGS_INVALID" || code.startsWith("CHAIN_KEY_") ? EXIT.configuration : EXIT.failed;
}
