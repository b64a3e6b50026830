import { CandidateStatus, CreateKey, Role } from "@assay/core";
import type { Command } from "commander";
import type { AccessFlags } from "../access.ts";
import { databaseUrl } from "../env.ts";
import { CliError } from "../errors.ts";
import type { CommandContext } from "../program.ts";
import { approveCandidate, listCandidates, rejectCandidate } from "./candidates.ts";
import { createFirstKey, createKey, listKeys, revokeKey } from "./keys.ts";
import { backendCommand, clientFor, parsedBy, wholeNumber } from "./options.ts";
import { showStatus } from "./status.ts";

type Json = { json: boolean };

/** Adds what talks to a backend: `status`, `candidates`, `approve`, `reject`, `keys`. */
export function addAdminCommands(program: Command, { out }: CommandContext): void {
  backendCommand(program, "status")
    .description("Show leaders, submissions and validators.")
    .option("--json", "print JSON", false)
    .action(async (flags: AccessFlags & Json) => showStatus(await clientFor(flags), { ...flags, out }));
  backendCommand(program, "candidates")
    .description("List leader candidates.")
    .option("--status <status>", CandidateStatus.options.join(", "), parsedBy(CandidateStatus))
    .option("--json", "print JSON", false)
    .action(async (flags: AccessFlags & Json & { status: CandidateStatus | undefined }) =>
      listCandidates(await clientFor(flags), { ...flags, status: flags.status, out }),
    );
  backendCommand(program, "approve")
    .description("Approve a pending candidate: it leads from the next snapshot.")
    .argument("<candidate>", "id of the candidate")
    .option("--reason <text>", "why, for the audit log")
    .action(async (id: string, flags: AccessFlags & { reason: string | undefined }) =>
      approveCandidate(await clientFor(flags), { id, reason: flags.reason, out }),
    );
  backendCommand(program, "reject")
    .description("Reject a pending candidate.")
    .argument("<candidate>", "id of the candidate")
    .requiredOption("--reason <text>", "why; the miner can read it")
    .action(async (id: string, flags: AccessFlags & { reason: string }) =>
      rejectCandidate(await clientFor(flags), { id, reason: flags.reason, out }),
    );
  addKeys(program.command("keys").description("Create, list and revoke API keys."), out);
}

type NewKey = AccessFlags & { name: string; role: Role; hotkey?: string; days: number };

function addKeys(keys: Command, out: CommandContext["out"]): void {
  backendCommand(keys, "create")
    .description("Make an API key; the token is shown once.")
    .requiredOption("--name <name>", "whose key it is")
    .requiredOption("--role <role>", Role.options.join(", "), parsedBy(Role))
    .option("--hotkey <ss58>", "the hotkey a validator's key is bound to")
    .option("--days <n>", "days until it expires", wholeNumber(1, 3650), 90)
    .action(async (flags: NewKey) => {
      const key = keyOf(flags);
      await createKey(await clientFor(flags), { key, out });
    });
  backendCommand(keys, "list")
    .description("List API keys without their secrets.")
    .option("--json", "print JSON", false)
    .action(async (flags: AccessFlags & Json) => listKeys(await clientFor(flags), { ...flags, out }));
  backendCommand(keys, "revoke")
    .description("End a key and the sockets opened with it.")
    .argument("<key>", "id of the key")
    .action(async (id: string, flags: AccessFlags) => revokeKey(await clientFor(flags), { id, out }));
  keys
    .command("init")
    .description("Make the first admin key, straight in the database.")
    .option("--database-url <url>", "PostgreSQL of the backend (DATABASE_URL, better for a password)")
    .requiredOption("--netuid <netuid>", "subnet", wholeNumber(0, 65_535))
    .option("--name <name>", "whose key it is", "first admin")
    .action((flags: { databaseUrl?: string; netuid: number; name: string }) =>
      createFirstKey({ ...flags, databaseUrl: databaseUrl(flags.databaseUrl) }, out),
    );
}

function keyOf({ name, role, hotkey, days }: NewKey): CreateKey {
  const parsed = CreateKey.safeParse({ name, role, hotkey, expiresInDays: days });
  if (parsed.success) return parsed.data;
  throw new CliError({ code: "CLI_USAGE" }, parsed.error.issues[0]?.message ?? "not a valid key");
}
