import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { u8aToHex } from "@polkadot/util";
import { mnemonicToMiniSecret, sr25519PairFromSeed } from "@polkadot/util-crypto";
import { afterAll, expect, test } from "vitest";
import { signerFromFile } from "./key-file.ts";
import { verifySignature } from "./verify.ts";

const PHRASE = "old leopard transfer rib spatial phone calm indicate online fire caution review";
const ADDRESS = "5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX";
const SEED = mnemonicToMiniSecret(PHRASE);
const PAIR = sr25519PairFromSeed(SEED);
/** Secret scalar in canonical form and nonce: what Bittensor's wallet writes as privateKey. */
const PRIVATE_KEY = u8aToHex(canonical(PAIR.secretKey));
const PUBLIC = {
  accountId: u8aToHex(PAIR.publicKey),
  publicKey: u8aToHex(PAIR.publicKey),
  ss58Address: ADDRESS,
};
const FULL = { ...PUBLIC, privateKey: PRIVATE_KEY, secretPhrase: PHRASE, secretSeed: u8aToHex(SEED) };

const folder = await mkdtemp(join(tmpdir(), "assay-wallet-"));
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function keyFile(content: string | object, mode = 0o600): Promise<string> {
  const path = join(folder, `key-${files++}`);
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content), { mode });
  return path;
}

test.each([
  ["a mnemonic", `${PHRASE}\n`],
  ["a seed", u8aToHex(SEED)],
  ["a whole keyfile", FULL],
  ["a keyfile with its fields in another order", Object.fromEntries(Object.entries(FULL).toReversed())],
  ["only the phrase", { secretPhrase: PHRASE }],
  ["only the seed, without 0x", { secretSeed: u8aToHex(SEED).slice(2) }],
  ["nulls for phrase and seed", { ...PUBLIC, privateKey: PRIVATE_KEY, secretPhrase: null, secretSeed: null }],
  ["only privateKey and address", { privateKey: PRIVATE_KEY, ss58Address: ADDRESS }],
  ["only privateKey and publicKey", { privateKey: PRIVATE_KEY, publicKey: PUBLIC.publicKey }],
])("a file with %s signs for its address", async (_what, content) => {
  const signer = await signerFromFile(await keyFile(content));
  const message = new TextEncoder().encode("hello");
  expect(signer.address).toBe(ADDRESS);
  expect(verifySignature(message, await signer.sign(message), ADDRESS)).toBe(true);
});

test("a development URI in a file works", async () => {
  const signer = await signerFromFile(await keyFile("//Alice\n"));
  expect(signer.address).toBe("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
});

test.each([
  [
    "a privateKey in the library's form, which would sign nonsense",
    { ...PUBLIC, privateKey: u8aToHex(PAIR.secretKey) },
  ],
  ["a privateKey without any public half", { privateKey: PRIVATE_KEY }],
  ["a short privateKey", { ...PUBLIC, privateKey: "0x1234" }],
  [
    "another address than its phrase has",
    { ...FULL, ss58Address: "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY" },
  ],
  ["another publicKey than its seed has", { secretSeed: u8aToHex(SEED), publicKey: `0x${"11".repeat(32)}` }],
  ["only the public half", PUBLIC],
  ["an empty object", {}],
  ["broken JSON", `{"secretPhrase": "${PHRASE}`],
  ["nothing", ""],
  ["more than a key can be", `0x${"a".repeat(20_000)}`],
])("a file with %s is refused without showing it", async (_what, content) => {
  const error: unknown = await signerFromFile(await keyFile(content)).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: "CHAIN_KEY_FILE_INVALID" });
  expect(inspect(error, { depth: 9 })).not.toContain("leopard");
});

test("a public file is refused with the advice to name the private one", async () => {
  await expect(signerFromFile(await keyFile(PUBLIC))).rejects.toThrow(/private hotkey file is needed/);
});

test.each([
  ["NaCl secretbox", "$NACL\u0001\u0002"],
  ["Ansible vault", "$ANSIBLE_VAULT;1.1;AES256"],
  ["Fernet", "gAAAAABh"],
])("an encrypted file (%s) is refused by that name", async (format, content) => {
  const error: unknown = await signerFromFile(await keyFile(content)).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: "CHAIN_KEY_FILE_ENCRYPTED", facts: { format } });
  expect(String(error)).toMatch(/unencrypted hotkey file/);
});

test.each([0o640, 0o604, 0o644, 0o610, 0o666])("a file of mode %o is refused", async (mode) => {
  const path = await keyFile("//Alice");
  await chmod(path, mode);
  await expect(signerFromFile(path)).rejects.toMatchObject({
    code: "CHAIN_KEY_FILE_EXPOSED",
    facts: { path, mode: `0${mode.toString(8)}` },
  });
});

test("a file only its owner may read is taken, whatever else the owner may do", async () => {
  expect((await signerFromFile(await keyFile("//Bob", 0o400))).address).toMatch(/^5FHneW46/);
});

test("a missing file and a folder are told apart", async () => {
  const nested = join(folder, "nested");
  await mkdir(nested, { mode: 0o700 });
  await expect(signerFromFile(join(folder, "absent"))).rejects.toMatchObject({
    code: "CHAIN_KEY_FILE_UNREADABLE",
    facts: { reason: "ENOENT" },
  });
  await expect(signerFromFile(nested)).rejects.toMatchObject({ code: "CHAIN_KEY_FILE_INVALID" });
});

/** The secret scalar divided by eight, little-endian, followed by the unchanged nonce. */
function canonical(secretKey: Uint8Array): Uint8Array {
  const scalar = BigInt(`0x${Buffer.from(secretKey.slice(0, 32)).reverse().toString("hex")}`);
  expect(scalar % 8n).toBe(0n);
  const digits = (scalar / 8n).toString(16).padStart(64, "0");
  return Buffer.concat([Buffer.from(digits, "hex").reverse(), secretKey.slice(32)]);
}
