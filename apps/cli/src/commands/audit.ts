import type { AuditEntry } from "@assay/core";
import type { Command } from "commander";
import type { AccessFlags } from "../access.ts";
import { show } from "../output.ts";
import { firstOf } from "../pages.ts";
import type { CommandContext } from "../program.ts";
import { plainTable } from "../table.ts";
import { backendCommand, clientFor, withList } from "./options.ts";

type Filters = { actor?: string; action?: string; target?: string };
type Flags = AccessFlags & Filters & { json: boolean; limit: number };

/** Adds `audit`: who did what, and why. */
export function addAuditCommand(program: Command, { out }: CommandContext): void {
  withList(backendCommand(program, "audit"))
    .description("Read the audit log, newest first.")
    .option("--actor <id>", "only of a key, a hotkey or a duty")
    .option("--action <name>", "only of one kind, such as candidate.approve")
    .option("--target <id>", "only about one thing or address")
    .action(async ({ json, limit, actor, action, target, ...flags }: Flags) => {
      const client = await clientFor(flags);
      const filters = { actor, action, target };
      const entries = await firstOf((page) => client.audit.list({ ...page, ...filters }), { limit, out });
      show(entries, { json, out, inWords: auditTable });
    });
}

function auditTable(entries: readonly AuditEntry[]): string {
  if (entries.length === 0) return "nothing";
  const rows = entries.map(({ sequence, at, actor, action, target, reason }) => [
    sequence,
    at,
    actor,
    action,
    target,
    reason ?? "–",
  ]);
  return plainTable(["entry", "at", "actor", "action", "target", "reason"], rows);
}
