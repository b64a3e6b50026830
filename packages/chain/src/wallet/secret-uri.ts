import type { Signer } from "@assay/core";
import { hexToU8a, isHex } from "@polkadot/util";
import {
  keyExtractSuri,
  keyFromPath,
  mnemonicToMiniSecret,
  mnemonicValidate,
  sr25519PairFromSeed,
} from "@polkadot/util-crypto";
import { ChainError } from "../errors.ts";
import { signerFromPair } from "./signer.ts";
import type { Sr25519Pair } from "./sr25519.ts";

/** The public phrase of all development accounts, meant by a URI that begins with `//`. */
const DEVELOPMENT_PHRASE = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";

/**
 * A signer from a mnemonic or a 0x seed of 32 bytes, each with optional `/soft`, `//hard` and `///password` parts;
 * `//Alice` alone is the development account.
 */
export async function signerFromUri(uri: string): Promise<Signer> {
  return signerFromPair(pairFromUri(uri.trim()));
}

/** The pair a secret URI stands for; no error says anything about its text. */
export function pairFromUri(uri: string): Sr25519Pair {
  const parts = splitUri(uri.startsWith("//") ? DEVELOPMENT_PHRASE + uri : uri);
  const root = sr25519PairFromSeed(seedOf(parts));
  return keyFromPath(root, parts.path, "sr25519");
}

type UriParts = ReturnType<typeof keyExtractSuri>;

function splitUri(uri: string): UriParts {
  try {
    return keyExtractSuri(uri);
  } catch {
    throw invalid("expected a mnemonic, a 0x seed of 32 bytes or a development path such as //Alice");
  }
}

function seedOf({ phrase, password }: UriParts): Uint8Array {
  if (isHex(phrase, 256)) return hexToU8a(phrase);
  if (isHex(phrase)) throw invalid("a 0x seed has exactly 32 bytes");
  // The library would silently pad any short text to a seed; a mistyped phrase must not become a key.
  if (!mnemonicValidate(phrase)) throw invalid("the mnemonic has an unknown word or a wrong checksum");
  const isPublic = phrase === DEVELOPMENT_PHRASE && !password;
  return isPublic ? developmentSeed() : mnemonicToMiniSecret(phrase, password);
}

let known: Uint8Array | undefined;

/** Stretching a phrase takes milliseconds, and this one everybody knows; no other is kept. */
function developmentSeed(): Uint8Array {
  known ??= mnemonicToMiniSecret(DEVELOPMENT_PHRASE);
  return known;
}

function invalid(problem: string): ChainError {
  return new ChainError({ code: "CHAIN_KEY_INVALID", problem }, `Not a usable key: ${problem}`);
}
