import type { Client } from "@assay/client";
import { Address } from "@assay/core";
import type { Command } from "commander";
import type { AccessFlags } from "../access.ts";
import { type Shown, show } from "../output.ts";
import { firstOf } from "../pages.ts";
import type { CommandContext } from "../program.ts";
import { plainTable } from "../table.ts";
import { backendCommand, clientFor, type Json, parsedBy, withJson, withList, withReason } from "./options.ts";

type Decision = AccessFlags & Json & { reason: string };
type Listing = { limit: number; all: boolean };
type Ban = Awaited<ReturnType<Client["bans"]["lift"]>>;

/** Adds `bans`: who may neither submit nor lead. */
export function addBanCommands(program: Command, { out }: CommandContext): void {
  const bans = withList(backendCommand(program, "bans"))
    .description("List bans in force.")
    .option("--all", "those that have been lifted as well", false)
    .action(async (flags: AccessFlags & Json & Listing) =>
      listBans(await clientFor(flags), { ...flags, out }),
    );
  withJson(withReason(backendCommand(bans, "create"), "the miner can read it"))
    .description(
      "Ban a hotkey, or a coldkey with all its hotkeys; a leader's share burns from the next snapshot.",
    )
    .argument("<address>", "SS58 address", parsedBy(Address))
    .action(async (address: string, { reason, json, ...flags }: Decision) => {
      const ban = await (await clientFor(flags)).bans.create({ address, reason });
      show(ban, { json, out, inWords: () => `banned ${address}: ${ban.id}` });
    });
  withJson(withReason(backendCommand(bans, "lift"), "for the audit log"))
    .description("Lift a ban; what it closed stays closed.")
    .argument("<ban>", "id of the ban")
    .action(async (id: string, { reason, json, ...flags }: Decision) => {
      const ban = await (await clientFor(flags)).bans.lift({ id, reason });
      show(ban, { json, out, inWords: () => `lifted ${id} of ${ban.address}` });
    });
}

async function listBans(client: Client, { limit, all, json, out }: Shown & Listing): Promise<void> {
  const inForce = all ? null : "true";
  const bans = await firstOf((page) => client.bans.list({ ...page, inForce }), { limit, out });
  show(bans, { json, out, inWords: banTable });
}

function banTable(bans: readonly Ban[]): string {
  if (bans.length === 0) return "no bans";
  const rows = bans.map(({ id, address, reason, bannedBy, createdAt, liftedAt }) => [
    id,
    address,
    reason,
    bannedBy,
    createdAt,
    liftedAt ?? "–",
  ]);
  return plainTable(["ban", "address", "reason", "by", "since", "lifted"], rows);
}
