import type { Client } from "@assay/client";
import { type Command, InvalidArgumentError } from "commander";
import type { AccessFlags } from "../access.ts";
import { type Shown, show } from "../output.ts";
import type { CommandContext } from "../program.ts";
import { plainTable } from "../table.ts";
import { backendCommand, clientFor, type Json, withJson } from "./options.ts";

type Value = boolean | number | null;
type Change = { readonly values: Readonly<Record<string, Value>>; readonly reason: string | undefined };
type InForce = Awaited<ReturnType<Client["settings"]["get"]>>;

/** Adds `settings`: what admins may change while backends run. */
export function addSettingsCommands(program: Command, { out }: CommandContext): void {
  const settings = withJson(backendCommand(program, "settings"))
    .description("Show the settings in force.")
    .action(async ({ json, ...flags }: AccessFlags & Json) =>
      show(await (await clientFor(flags)).settings.get(), { json, out, inWords: settingsTable }),
    );
  withJson(backendCommand(settings, "set"))
    .description("Change settings; those that are not named stay as they are.")
    .argument("<name=value...>", "such as reviewSlaHours=24; null where a setting may be empty", assignment)
    .option("--reason <text>", "why, for the audit log")
    .action(async (values: Change["values"], flags: AccessFlags & Json & { reason?: string }) => {
      const { json, reason } = flags;
      await changeSettings(await clientFor(flags), { values, reason, json, out });
    });
}

/** The backend refuses the change if somebody else was quicker. */
async function changeSettings(client: Client, { values, reason, json, out }: Shown & Change): Promise<void> {
  const { version: basedOn } = await client.settings.get();
  const inForce = await client.settings.put({ basedOn, settings: values, reason });
  show(inForce, { json, out, inWords: settingsTable });
}

/** What each setting does; what `null` stands for where it may be empty. */
const MEANING: Readonly<Record<keyof InForce["settings"], string>> = {
  reviewSlaHours: "hours a candidate may wait for its decision before admins are told",
  fourEyes: "whether approving takes two people in new competitions",
  scoreIntervalSeconds: "how often scores are computed; null: ASSAY_SCORE_INTERVAL_SECONDS",
  broadcastIntervalSeconds:
    "how often a snapshot is published at least; null: ASSAY_BROADCAST_INTERVAL_SECONDS",
  graceCycles: "cycles in a row a leader may miss the thresholds",
  graceBlocks: "blocks a leader may be absent from chain",
  maxTenureBlocks: "blocks after which a leader decays; null: never",
  decayHalfLifeBlocks: "blocks in which what decays halves; null: one tempo",
  submissionCooldownBlocks: "blocks between two submissions of a coldkey",
  submissionsPerDay: "most submissions of a coldkey in a day",
  maxArtefactBytes: "largest agent",
  resultRetentionDays: "days until signed texts of results are cleared; null: never",
};

function settingsTable({ version, settings, updatedAt }: InForce): string {
  const meanings = new Map(Object.entries(MEANING));
  const rows = Object.entries(settings).map(([name, value]) => [
    name,
    String(value),
    meanings.get(name) ?? "",
  ]);
  return `${plainTable(["setting", "value", "meaning"], rows)}\nversion ${version}, ${updatedAt ?? "as shipped"}`;
}

function assignment(text: string, before: Change["values"] = {}): Change["values"] {
  const [, name = "", value = ""] = /^([A-Za-z]+)=(true|false|null|\d+)$/.exec(text) ?? [];
  if (name === "") throw new InvalidArgumentError("expected name=value with a number, true, false or null.");
  return { ...before, [name]: JSON.parse(value) as Value };
}
