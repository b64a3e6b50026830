import { NETWORKS } from "@assay/chain/networks";
import { type Client, createClient } from "@assay/client";
import { type Command, InvalidArgumentError } from "commander";
import type { z } from "zod";
import { type AccessFlags, apiKey, type BackendFlags, backendUrl, namedNetuid } from "../access.ts";
import { CliError } from "../errors.ts";
import { signerFor, type WalletFlags } from "../wallet.ts";

/** A commander parser for whole numbers in a range. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text !== "" && Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`expected a whole number from ${min} to ${max}.`);
  };
}

/** A commander parser that asks a schema. */
export function parsedBy<Schema extends z.ZodType>(schema: Schema): (text: string) => z.infer<Schema> {
  return (text) => {
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(`${parsed.error.issues[0]?.message ?? "not valid"}.`);
  };
}

/** A command that talks to a backend with an API key. */
export function backendCommand(parent: Command, name: string): Command {
  return withBackend(parent.command(name)).option(
    "--api-key-file <file>",
    "file with an API key (ASSAY_API_KEY_FILE)",
  );
}

/** A command that asks a backend what it tells everybody. */
export function publicCommand(parent: Command, name: string): Command {
  return withBackend(parent.command(name));
}

/** A command that talks to a backend as a hotkey. */
export function hotkeyCommand(parent: Command, name: string): Command {
  return withWallet(withBackend(parent.command(name)));
}

/** A command that reads a chain. */
export function chainCommand(parent: Command, name: string): Command {
  return withChain(withSubnet(parent.command(name)));
}

/** What {@link withJson} adds. */
export type Json = { json: boolean };

/** Adds the flag that makes a command answer in JSON. */
export function withJson(command: Command): Command {
  return command.option("--json", "print JSON", false);
}

/** Adds the flags of a command that lists. */
export function withList(command: Command): Command {
  return withJson(command).option("--limit <n>", "how many at most", wholeNumber(1, 100_000), 50);
}

/** Adds the reason of a decision, which nobody may leave out. */
export function withReason(command: Command, readBy: string): Command {
  return command.requiredOption("--reason <text>", `why; ${readBy}`);
}

/** Adds the flags that name a chain. */
export function withChain(command: Command): Command {
  return command
    .option("--subtensor.network <name>", `${Object.keys(NETWORKS).join(", ")} (BT_SUBTENSOR_NETWORK)`)
    .option("--subtensor.chain_endpoint <url>", "its address (BT_SUBTENSOR_CHAIN_ENDPOINT)")
    .option("--chain-url <urls>", "addresses, the next for when one fails (ASSAY_CHAIN_URL)");
}

/** Adds the flags that name a hotkey. */
export function withWallet(command: Command): Command {
  return command
    .option("--wallet.name <name>", "wallet (BT_WALLET_NAME; default)")
    .option("--wallet.hotkey <name>", "hotkey of the wallet (BT_WALLET_HOTKEY; default)")
    .option("--wallet.path <folder>", "folder of the wallets (BT_WALLET_PATH; ~/.bittensor/wallets)")
    .option("--hotkey-file <file>", "key file, instead of a wallet (ASSAY_HOTKEY_FILE)");
}

function withBackend(command: Command): Command {
  return withSubnet(command).option("--url <url>", "backend (ASSAY_BACKEND_URL)");
}

function withSubnet(command: Command): Command {
  return command.option("--netuid <netuid>", "subnet (ASSAY_NETUID, BT_NETUID)", wholeNumber(0, 65_535));
}

/** A client with an API key, which knows its subnet by itself: one that is named must be that one. */
export async function clientFor(flags: AccessFlags): Promise<Client> {
  const asked = namedNetuid(flags);
  const client = createClient({ url: backendUrl(flags), netuid: asked ?? 0, apiKey: apiKey(flags) });
  if (asked !== undefined) assertSubnet((await client.system.info()).netuid, asked);
  return client;
}

/** A client for what everybody may ask. */
export async function publicClientFor(flags: BackendFlags): Promise<Client> {
  const asked = namedNetuid(flags);
  const client = createClient({ url: backendUrl(flags), netuid: asked ?? 0 });
  if (asked !== undefined) assertSubnet((await client.system.info()).netuid, asked);
  return client;
}

/** A client that signs as a hotkey, for the subnet the backend serves. */
export async function hotkeyClientFor(flags: BackendFlags & WalletFlags): Promise<Client> {
  const signer = await signerFor(flags);
  const url = backendUrl(flags);
  const { netuid } = await createClient({ url, netuid: 0 }).system.info();
  assertSubnet(netuid, namedNetuid(flags) ?? netuid);
  return createClient({ url, netuid, signer });
}

function assertSubnet(served: number, asked: number): void {
  if (served === asked) return;
  const message = `this backend serves subnet ${served}, not ${asked}: give its --url, or the right --netuid`;
  throw new CliError({ code: "CLI_WRONG_SUBNET", asked, served }, message);
}
