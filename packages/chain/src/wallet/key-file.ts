import { type FileHandle, open } from "node:fs/promises";
import type { Signer } from "@assay/core";
import { ChainError } from "../errors.ts";
import { pairFromKeyfile } from "./keyfile-json.ts";
import { pairFromUri } from "./secret-uri.ts";
import { signerFromPair } from "./signer.ts";
import type { Sr25519Pair } from "./sr25519.ts";
import { type WalletNames, walletPath } from "./wallet-path.ts";

const MAX_BYTES = 16_384;

/** Beginnings of the encrypted forms that Bittensor wallets have used. */
const ENCRYPTED = [
  { prefix: "$NACL", format: "NaCl secretbox" },
  { prefix: "$ANSIBLE_VAULT", format: "Ansible vault" },
  { prefix: "gAAAAA", format: "Fernet" },
] as const;

/**
 * A signer from a file that holds a mnemonic, seed or URI, or an unencrypted Bittensor keyfile; refused if anybody
 * but the owner of the file may read it.
 */
export async function signerFromFile(path: string): Promise<Signer> {
  const text = await readPrivately(path);
  try {
    return signerFromPair(pairFromText(path, text));
  } catch (error) {
    if (error instanceof ChainError && error.code === "CHAIN_KEY_INVALID")
      throw invalidFile(path, error.message);
    throw error;
  }
}

/** The hotkey of a Bittensor wallet, by the names its tools use; the same rules as for any key file. */
export function signerFromWallet(names: WalletNames): Promise<Signer> {
  return signerFromFile(walletPath(names));
}

function pairFromText(path: string, text: string): Sr25519Pair {
  const encrypted = ENCRYPTED.find(({ prefix }) => text.startsWith(prefix));
  if (encrypted !== undefined) throw encryptedFile(path, encrypted.format);
  return text.startsWith("{") ? pairFromKeyfile(text) : pairFromUri(text);
}

/** Reads the file and looks at its permissions through one handle, so that both are about the same file. */
async function readPrivately(path: string): Promise<string> {
  const file = await openFile(path);
  try {
    await assertPrivate(path, file);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MAX_BYTES + 1), 0, MAX_BYTES + 1, 0);
    if (bytesRead > MAX_BYTES) throw invalidFile(path, `more than ${MAX_BYTES} bytes`);
    return buffer.toString("utf8", 0, bytesRead).trim();
  } finally {
    await file.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new ChainError(
      { code: "CHAIN_KEY_FILE_UNREADABLE", path, reason },
      `Cannot read the key file ${path} (${reason}): check the names of wallet and hotkey, or the path.`,
    );
  }
}

async function assertPrivate(path: string, file: FileHandle): Promise<void> {
  const stat = await file.stat();
  if (!stat.isFile()) throw invalidFile(path, "not a regular file");
  const mode = stat.mode & 0o777;
  // Windows reports no POSIX permissions worth judging.
  if (process.platform === "win32" || (mode & 0o077) === 0) return;
  const octal = mode.toString(8).padStart(4, "0");
  throw new ChainError(
    { code: "CHAIN_KEY_FILE_EXPOSED", path, mode: octal },
    `The key file ${path} has mode ${octal}: others may read it. Run chmod 600 on it.`,
  );
}

function encryptedFile(path: string, format: string): ChainError {
  const advice =
    "Passwords are not asked for: use an unencrypted hotkey file with mode 600, made again from its phrase " +
    "(btcli wallet regen-hotkey --no-use-password). The coldkey is never needed here.";
  return new ChainError(
    { code: "CHAIN_KEY_FILE_ENCRYPTED", path, format },
    `The key file ${path} is encrypted (${format}). ${advice}`,
  );
}

function invalidFile(path: string, problem: string): ChainError {
  return new ChainError({ code: "CHAIN_KEY_FILE_INVALID", path, problem }, `Key file ${path}: ${problem}`);
}
