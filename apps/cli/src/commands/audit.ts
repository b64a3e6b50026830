import { type AuditEntry, AuditHead } from "@assay/core";
import { type Command, InvalidArgumentError } from "commander";
import type { AccessFlags } from "../access.ts";
import { show } from "../output.ts";
import { firstOf } from "../pages.ts";
import type { CommandContext } from "../program.ts";
import { plainTable } from "../table.ts";
import { backendCommand, clientFor, type Json, wholeNumber, withJson, withList } from "./options.ts";

type Filters = { actor?: string; action?: string; target?: string };
type Flags = AccessFlags & Filters & { json: boolean; limit: number };
type Verify = AccessFlags & Json & { head: AuditHead[]; snapshots: number };

/** Adds `audit`: who did what, and why; and whether anybody has changed it since. */
export function addAuditCommand(program: Command, { out, ends }: CommandContext): void {
  const audit = withList(backendCommand(program, "audit"))
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
  withJson(backendCommand(audit, "verify"))
    .description("Compute the log's chain of hashes again, and hold it against heads that were kept of it.")
    .option("--head <act:hash>", "a head you kept; may be given again", collectHead, [])
    .option(
      "--snapshots <n>",
      "how many of the newest public snapshots to hold it against",
      wholeNumber(0, 200),
      20,
    )
    .action(async ({ json, head: heads, snapshots, ...flags }: Verify) => {
      const { verifyAudit } = await import("./audit-verify.ts");
      await verifyAudit(await clientFor(flags), { heads, snapshots, ends, json, out });
    });
}

function collectHead(text: string, before: readonly AuditHead[]): AuditHead[] {
  const [sequence = "", hash] = text.split(":");
  const head = AuditHead.safeParse({ sequence: Number(sequence), hash }).data;
  if (head !== undefined) return [...before, head];
  throw new InvalidArgumentError("expected a head as this command prints it, such as 12:0a1b…");
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
