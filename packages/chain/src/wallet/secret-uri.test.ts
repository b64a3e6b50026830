import { inspect } from "node:util";
import { Keyring } from "@polkadot/keyring";
import { expect, test } from "vitest";
import { signerFromUri } from "./secret-uri.ts";
import { verifySignature } from "./verify.ts";

/** The test mnemonic of Bittensor's own wallet library. */
const PHRASE = "old leopard transfer rib spatial phone calm indicate online fire caution review";
const SEED = "0xda3cf5b1e9144931a0f0db65664aab662673b099415a7f8121b7245fb0be4143";

test.each([
  [PHRASE, "5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX"],
  [`  ${PHRASE}\n`, "5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX"],
  [SEED, "5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX"],
  [`${PHRASE}//Alice`, "5FEiH8iuDUw271xbqWTWuB6WrDjv5dnCeDX1CyHubAniXDNN"],
  [`${SEED}//Alice`, "5FEiH8iuDUw271xbqWTWuB6WrDjv5dnCeDX1CyHubAniXDNN"],
  [`${PHRASE}/Alice`, "5GNXbA46ma5dg19GXdiKi5JH3mnkZ8Yea3bBtZAvj7t99P9i"],
  ["//Alice", "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"],
  ["//Bob", "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty"],
])("%j has the published address and signs for it", async (uri, address) => {
  const signer = await signerFromUri(uri);
  const message = Uint8Array.of(1, 2, 3);
  expect(signer.address).toBe(address);
  expect(verifySignature(message, await signer.sign(message), address)).toBe(true);
});

test.each(["//Bob/test", "//Alice//hard/soft", `//${"x".repeat(40)}`, `${PHRASE}//1///password`])(
  "%j gives the same key as the public keyring",
  async (uri) => {
    const keyring = new Keyring({ type: "sr25519", ss58Format: 42 });
    expect((await signerFromUri(uri)).address).toBe(keyring.createFromUri(uri).address);
  },
);

test.each([
  ["an empty text", ""],
  ["a short word, which must not be padded to a seed", "password"],
  ["a mnemonic with a wrong checksum", PHRASE.replace("review", "rib")],
  ["a mnemonic with an unknown word", PHRASE.replace("old", "oldest")],
  ["a mnemonic of eleven words", PHRASE.replace("old ", "")],
  ["a seed of 31 bytes", `0x${"ab".repeat(31)}`],
  ["a soft path alone", "/Alice"],
])("%s is refused", async (_what, uri) => {
  await expect(signerFromUri(uri)).rejects.toMatchObject({ code: "CHAIN_KEY_INVALID" });
});

test("neither an error nor the signer shows the secret", async () => {
  const mistyped = PHRASE.replace("review", "revue");
  const error: unknown = await signerFromUri(mistyped).catch((caught: unknown) => caught);
  const signer = await signerFromUri(SEED);
  expect(inspect(error, { depth: 9 })).not.toMatch(/leopard|revue/);
  expect(inspect(signer, { depth: 9, showHidden: true }) + JSON.stringify(signer)).not.toContain("da3cf5b1");
});
