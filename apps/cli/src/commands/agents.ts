import { CompetitionId } from "@assay/core";
import type { Command } from "commander";
import type { BackendFlags } from "../access.ts";
import type { CommandContext } from "../program.ts";
import type { WalletFlags } from "../wallet.ts";
import { hotkeyClientFor, hotkeyCommand, parsedBy, wholeNumber } from "./options.ts";

type TryOptions = import("./try.ts").TryFlags;
type SubmitFlags = BackendFlags & WalletFlags & { competition: string; json: boolean };

/** Adds what a miner does with an agent: `try`, `submit`. */
export function addAgentCommands(program: Command, { out }: CommandContext): void {
  program
    .command("try")
    .description("Run an agent here, as a validator would.")
    .argument("<agent>", "file of the agent: a WebAssembly module, or an image for a …-container task")
    .option("--task <name>", "what it is to do", "waypoint-navigation")
    .option(
      "--config <file>",
      "configuration of the task, as JSON; the task's defaults fill what is left out",
    )
    .option("--episodes <n>", "how often", wholeNumber(1, 10_000), 50)
    .option("--seed <text>", "repeats the trial that named it")
    .option("--json", "print JSON", false)
    .action(async (file: string, flags: TryOptions) => {
      const { assertKindFor, readAgent } = await import("./agent-kind.ts");
      const { runTrial } = await import("./try.ts");
      const agent = await readAgent(file);
      assertKindFor(flags.task, agent);
      await runTrial(agent.artefact, flags, out);
    });
  hotkeyCommand(program, "submit")
    .description("Submit an agent to a competition, as a hotkey.")
    .argument("<agent>", "file of the agent: a WebAssembly module, or an image for a …-container task")
    .requiredOption("--competition <id>", "which one", parsedBy(CompetitionId))
    .option("--json", "print JSON", false)
    .action(async (file: string, flags: SubmitFlags) => {
      const { readAgent } = await import("./agent-kind.ts");
      const { submitAgent } = await import("./submit.ts");
      const agent = await readAgent(file);
      await submitAgent(await hotkeyClientFor(flags), { ...flags, agent, out });
    });
}
