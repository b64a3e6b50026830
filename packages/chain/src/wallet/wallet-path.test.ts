import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { signerFromWallet } from "./key-file.ts";
import { walletNames, walletPath } from "./wallet-path.ts";

test.each([
  [{}, "/home/me/.bittensor/wallets/default/hotkeys/default"],
  [{ name: "val", hotkey: "one" }, "/home/me/.bittensor/wallets/val/hotkeys/one"],
  [{ name: "", hotkey: "" }, "/home/me/.bittensor/wallets/default/hotkeys/default"],
  [{ path: "/srv/keys/", name: "val" }, "/srv/keys/val/hotkeys/default"],
  [{ path: "~/keys" }, "/home/me/keys/default/hotkeys/default"],
  [{ path: "~" }, "/home/me/default/hotkeys/default"],
  [{ path: "/srv/~old" }, "/srv/~old/default/hotkeys/default"],
  [{ name: "my wallet.1", hotkey: "über" }, "/home/me/.bittensor/wallets/my wallet.1/hotkeys/über"],
])("%j lies at %s", (names, path) => {
  expect(walletPath(names, "/home/me")).toBe(path);
});

test("the home folder is the process's own unless another is given", () => {
  expect(walletPath({ name: "a" })).toBe(join(homedir(), ".bittensor/wallets/a/hotkeys/default"));
});

test.each([{ name: "../other" }, { hotkey: "a/b" }, { hotkey: ".." }, { name: "a\\b" }, { name: "a\0" }])(
  "%j is a path and no name, and refused",
  (names) => {
    expect(() => walletPath(names, "/home/me")).toThrow(
      expect.objectContaining({ code: "CHAIN_REQUEST_INVALID" }),
    );
  },
);

test("a flag wins over the environment, and an empty text says nothing", () => {
  const environment = { BT_WALLET_NAME: "env", BT_WALLET_HOTKEY: "envHot", BT_WALLET_PATH: "/env" };
  expect(walletNames({ name: "flag", hotkey: "" }, environment)).toEqual({
    name: "flag",
    hotkey: "envHot",
    path: "/env",
  });
  expect(walletNames({}, {})).toEqual({ name: undefined, hotkey: undefined, path: undefined });
});

test("the hotkey of a wallet signs for its address", async () => {
  const path = await mkdtemp(join(tmpdir(), "assay-wallets-"));
  const names = { path, name: "validator", hotkey: "first" };
  await mkdir(dirname(walletPath(names)), { recursive: true });
  await writeFile(walletPath(names), JSON.stringify({ secretPhrase: "//Alice", secretSeed: null }), {
    mode: 0o600,
  });
  expect((await signerFromWallet(names)).address).toBe("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
  await expect(signerFromWallet({ ...names, hotkey: "second" })).rejects.toMatchObject({
    code: "CHAIN_KEY_FILE_UNREADABLE",
    facts: { path: join(path, "validator/hotkeys/second"), reason: "ENOENT" },
  });
  await rm(path, { recursive: true });
});
