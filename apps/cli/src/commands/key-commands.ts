import { CreateKey, Role } from "@assay/core";
import type { Command } from "commander";
import { type AccessFlags, type BackendFlags, subnetOf } from "../access.ts";
import { databaseUrl } from "../env.ts";
import { CliError } from "../errors.ts";
import type { CommandContext } from "../program.ts";
import type { WalletFlags } from "../wallet.ts";
import { collectKey, grantKey, listRequests, refuseKey, requestKey, rotateKey } from "./key-requests.ts";
import { createFirstKey, createKey, listKeys, revokeKey } from "./keys.ts";
import {
  backendCommand,
  clientFor,
  hotkeyClientFor,
  hotkeyCommand,
  type Json,
  parsedBy,
  wholeNumber,
  withJson,
  withList,
} from "./options.ts";

type Listing = { limit: number };
type NewKey = AccessFlags & { name: string; role: Role; hotkey?: string; days: number };
type Asking = BackendFlags & WalletFlags & Json;

const DAYS = ["--days <n>", "days until it expires", wholeNumber(1, 3650), 90] as const;

/** Adds `keys`: what an admin does with API keys, and how a validator asks for one. */
export function addKeyCommands(program: Command, { out }: CommandContext): void {
  const keys = program.command("keys").description("Ask for, grant, list and revoke API keys.");
  addOwnKeys(keys, out);
  addRequests(keys, out);
  keys
    .command("init")
    .description("Make the first admin key, straight in the database.")
    .option("--database-url <url>", "PostgreSQL of the backend (DATABASE_URL, better for a password)")
    .option("--netuid <netuid>", "subnet (ASSAY_NETUID, BT_NETUID)", wholeNumber(0, 65_535))
    .option("--name <name>", "whose key it is", "first admin")
    .action((flags: { databaseUrl?: string; netuid?: number; name: string }) =>
      createFirstKey({ ...flags, netuid: subnetOf(flags), databaseUrl: databaseUrl(flags.databaseUrl) }, out),
    );
}

function addOwnKeys(keys: Command, out: CommandContext["out"]): void {
  withJson(backendCommand(keys, "create"))
    .description("Make an API key; the token is shown once.")
    .requiredOption("--name <name>", "whose key it is")
    .requiredOption("--role <role>", Role.options.join(", "), parsedBy(Role))
    .option("--hotkey <ss58>", "the hotkey a validator's key is bound to")
    .option(...DAYS)
    .action(async (flags: NewKey & Json) => {
      const key = keyOf(flags);
      await createKey(await clientFor(flags), { key, json: flags.json, out });
    });
  withList(backendCommand(keys, "list"))
    .description("List API keys without their secrets.")
    .action(async (flags: AccessFlags & Json & Listing) =>
      listKeys(await clientFor(flags), { ...flags, out }),
    );
  withJson(backendCommand(keys, "revoke"))
    .description("End a key and the sockets opened with it.")
    .argument("<key>", "id of the key")
    .action(async (id: string, flags: AccessFlags & Json) =>
      revokeKey(await clientFor(flags), { ...flags, id, out }),
    );
  withJson(backendCommand(keys, "rotate"))
    .description("Make a key that takes the place of another; the token is shown once.")
    .argument("<key>", "id of the key to replace")
    .option("--overlap <minutes>", "how long the old one goes on working", wholeNumber(0, 10_080), 60)
    .option(...DAYS)
    .action(async (id: string, flags: AccessFlags & Json & { overlap: number; days: number }) =>
      rotateKey(await clientFor(flags), { ...flags, id, out }),
    );
}

function addRequests(keys: Command, out: CommandContext["out"]): void {
  withJson(hotkeyCommand(keys, "request"))
    .description("Ask, as a validator's hotkey, for a key.")
    .requiredOption("--name <name>", "whose key it is")
    .action(async (flags: Asking & { name: string }) =>
      requestKey(await hotkeyClientFor(flags), { ...flags, out }),
    );
  withJson(hotkeyCommand(keys, "collect"))
    .description("Get the key of a granted request; the token is shown once.")
    .argument("<request>", "id of the request")
    .action(async (id: string, flags: Asking) =>
      collectKey(await hotkeyClientFor(flags), { ...flags, id, out }),
    );
  withList(backendCommand(keys, "requests"))
    .description("List requests for keys.")
    .action(async (flags: AccessFlags & Json & Listing) =>
      listRequests(await clientFor(flags), { ...flags, out }),
    );
  withJson(backendCommand(keys, "grant"))
    .description("Let a requester collect its key.")
    .argument("<request>", "id of the request")
    .option(...DAYS)
    .action(async (id: string, flags: AccessFlags & Json & { days: number }) =>
      grantKey(await clientFor(flags), { ...flags, id, out }),
    );
  withJson(backendCommand(keys, "refuse"))
    .description("Turn a request down.")
    .argument("<request>", "id of the request")
    .requiredOption("--reason <text>", "why; the requester can read it")
    .action(async (id: string, flags: AccessFlags & Json & { reason: string }) =>
      refuseKey(await clientFor(flags), { ...flags, id, out }),
    );
}

function keyOf({ name, role, hotkey, days }: NewKey): CreateKey {
  const parsed = CreateKey.safeParse({ name, role, hotkey, expiresInDays: days });
  if (parsed.success) return parsed.data;
  throw new CliError({ code: "CLI_USAGE" }, parsed.error.issues[0]?.message ?? "not a valid key");
}
