import { hexToU8a } from "@polkadot/util";
import { ChainError } from "../errors.ts";
import { addressOf, publicKeyOf } from "./address.ts";
import { pairFromUri } from "./secret-uri.ts";
import type { Sr25519Pair } from "./sr25519.ts";

/**
 * The pair of an unencrypted Bittensor keyfile: secretPhrase, else secretSeed, else privateKey. What the file says
 * about its own public half must agree.
 */
export function pairFromKeyfile(text: string): Sr25519Pair {
  const fields = parseFields(text);
  const pair = pairOf(fields);
  const address = addressOf(pair.publicKey);
  for (const stated of statedAddresses(fields))
    if (stated !== address) throw invalid(`its secret belongs to ${address}, but it says ${stated}`);
  return pair;
}

type Fields = ReadonlyMap<string, string>;

function pairOf(fields: Fields): Sr25519Pair {
  const phrase = fields.get("secretPhrase");
  if (phrase !== undefined) return pairFromUri(phrase);
  const seed = fields.get("secretSeed");
  if (seed !== undefined) return pairFromUri(seed.startsWith("0x") ? seed : `0x${seed}`);
  const privateKey = fields.get("privateKey");
  if (privateKey !== undefined) return pairFromPrivateKey(privateKey, fields);
  throw invalid("a keyfile without a secret; the private hotkey file is needed, not the …pub.txt");
}

function pairFromPrivateKey(privateKey: string, fields: Fields): Sr25519Pair {
  const publicKey = publicKeyOf(statedAddresses(fields)[0] ?? "");
  if (publicKey === undefined) throw invalid("a privateKey without its public key or address");
  return { publicKey, secretKey: toEd25519Form(bytesOf(privateKey, 64, "privateKey")) };
}

/** Bittensor keeps the secret scalar as it is; the library expects it times eight and would sign nonsense otherwise. */
function toEd25519Form(privateKey: Uint8Array): Uint8Array {
  const shifted = Uint8Array.from(privateKey);
  let carry = 0;
  for (let i = 0; i < 32; i++) {
    const byte = privateKey[i] ?? 0;
    shifted[i] = (byte << 3) | carry;
    carry = byte >> 5;
  }
  return shifted;
}

function statedAddresses(fields: Fields): string[] {
  const keys = [fields.get("accountId"), fields.get("publicKey")].filter((key) => key !== undefined);
  const stated = keys.map((key) => addressOf(bytesOf(key, 32, "publicKey")));
  const address = fields.get("ss58Address");
  return address === undefined ? stated : [...stated, address];
}

function bytesOf(hex: string, length: number, name: string): Uint8Array {
  const digits = hex.replace(/^0x/, "");
  if (digits.length !== 2 * length || !/^[0-9a-f]*$/i.test(digits))
    throw invalid(`${name} is not ${length} bytes of hex`);
  return hexToU8a(`0x${digits}`);
}

function parseFields(text: string): Fields {
  const entries = Object.entries(parseObject(text));
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

function parseObject(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    // The parser's own message quotes the text, which holds the secret.
    throw invalid("neither JSON nor a secret URI");
  }
}

function invalid(problem: string): ChainError {
  return new ChainError({ code: "CHAIN_KEY_INVALID", problem }, `Not a usable key: ${problem}`);
}
