import { CompetitionId, Thresholds } from "@assay/core";
import { type Command, InvalidArgumentError } from "commander";
import type { AccessFlags, BackendFlags } from "../access.ts";
import type { CommandContext } from "../program.ts";
import type { CompetitionFlags } from "./competitions.ts";
import {
  backendCommand,
  clientFor,
  type Json,
  parsedBy,
  publicClientFor,
  publicCommand,
  wholeNumber,
  withList,
} from "./options.ts";

type Create = AccessFlags & Json & CompetitionFlags & { task: string; config?: string };
type Edit = AccessFlags & Json & CompetitionFlags;

const block = wholeNumber(0, 4_294_967_295);
const id = ["<competition>", "id of the competition", parsedBy(CompetitionId)] as const;

/** Adds `competitions`: what there is to win, and from when until when. */
export function addCompetitionCommands(program: Command, { out }: CommandContext): void {
  const competitions = withList(publicCommand(program, "competitions"))
    .description("List, create and change competitions.")
    .action(async (flags: BackendFlags & Json & { limit: number }) => {
      const { listCompetitions } = await import("./competitions.ts");
      await listCompetitions(await publicClientFor(flags), { ...flags, out });
    });
  editable(backendCommand(competitions, "create"))
    .description("Open a competition, now or at a block.")
    .requiredOption("--name <name>", "what people call it")
    .option("--task <name>", "what agents are to do", "waypoint-navigation")
    .option("--config <file>", "configuration of the task, as JSON")
    .action(async ({ json, ...flags }: Create) => {
      const { createCompetition } = await import("./competitions.ts");
      await createCompetition(await clientFor(flags), { flags: settable(flags), json, out });
    });
  editable(backendCommand(competitions, "edit").argument(...id))
    .description("Change a competition; new thresholds hold for cycles that begin from now on.")
    .option("--name <name>", "what people call it")
    .option("--reason <text>", "why, for the audit log")
    .action(async (competition: string, { json, ...flags }: Edit) => {
      const { editCompetition } = await import("./competitions.ts");
      await editCompetition(await clientFor(flags), { id: competition, flags: settable(flags), json, out });
    });
  backendCommand(competitions, "schedule")
    .description("Say in which blocks a competition takes place.")
    .argument(...id)
    .option("--start-block <n>", "first block; only before it has started", block)
    .option("--end-block <n>", "first block in which it is over", block)
    .option("--reason <text>", "why, for the audit log")
    .option("--json", "print JSON", false)
    .action(async (competition: string, { json, ...flags }: Edit) => {
      const { editCompetition } = await import("./competitions.ts");
      await editCompetition(await clientFor(flags), { id: competition, flags: settable(flags), json, out });
    });
  for (const to of ["pause", "resume", "archive"] as const) addMove(competitions, to, { out });
}

const ABOUT = {
  pause: "Take no submissions and judge nothing until it is resumed; its leader goes on being paid.",
  resume: "Go on with a paused competition.",
  archive: "End a competition for good; its leader is paid no more.",
} as const;

function addMove(competitions: Command, to: keyof typeof ABOUT, { out }: Pick<CommandContext, "out">): void {
  backendCommand(competitions, to)
    .description(ABOUT[to])
    .argument(...id)
    .requiredOption("--reason <text>", "why, for the audit log")
    .option("--json", "print JSON", false)
    .action(async (competition: string, flags: AccessFlags & Json & { reason: string }) => {
      const { moveCompetition } = await import("./competitions.ts");
      const { reason, json } = flags;
      await moveCompetition(await clientFor(flags), { id: competition, to, reason, json, out });
    });
}

function editable(command: Command): Command {
  return command
    .option("--points <n>", "weight against the other competitions", wholeNumber(1, 1_000_000))
    .option("--cycle-blocks <n>", "blocks from one cycle to the next", wholeNumber(1, 1_000_000))
    .option("--start-block <n>", "first block it takes submissions in", block)
    .option("--end-block <n>", "first block in which it is over", block)
    .option("--four-eyes", "approving takes two people")
    .option("--no-four-eyes", "approving takes one person")
    .option(
      "--threshold <name=value>",
      `${Object.keys(Thresholds.shape).join(", ")}; may be repeated`,
      threshold,
    )
    .option("--json", "print JSON", false);
}

/** The flags of a competition without those that say how to reach the backend. */
function settable<Flags extends AccessFlags>(flags: Flags): Omit<Flags, keyof AccessFlags> {
  const { url: _url, netuid: _netuid, apiKeyFile: _file, ...rest } = flags;
  return rest;
}

function threshold(text: string, before: Record<string, number> = {}): Record<string, number> {
  const [name = "", value = ""] = text.split("=");
  if (Object.hasOwn(Thresholds.shape, name) && value !== "" && Number.isFinite(Number(value)))
    return { ...before, [name]: Number(value) };
  const names = Object.keys(Thresholds.shape).join(", ");
  throw new InvalidArgumentError(`expected name=number with one of ${names}.`);
}
