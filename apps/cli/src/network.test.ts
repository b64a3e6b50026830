import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NETWORKS } from "@assay/chain/networks";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { chainUrls } from "./network.ts";
import { hotkeyFile } from "./wallet.ts";

let home = "";

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "assay-network-"));
  vi.stubEnv("ASSAY_HOME", home);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

test("a network's name stands for its endpoint, an address for itself", () => {
  expect(chainUrls({ "subtensor.network": "finney" })).toEqual([NETWORKS["finney"]]);
  expect(chainUrls({ "subtensor.network": "ws://10.0.0.1:9944" })).toEqual(["ws://10.0.0.1:9944"]);
  expect(chainUrls({ chainUrl: "ws://a, wss://b" })).toEqual(["ws://a", "wss://b"]);
  for (const name of ["toString", "mainnet"])
    expect(() => chainUrls({ "subtensor.network": name })).toThrow(
      /finney, test, archive, latent-lite, local/,
    );
});

test("a network named by a flag is never overruled by the environment", () => {
  vi.stubEnv("BT_SUBTENSOR_CHAIN_ENDPOINT", "wss://mainnet.example");
  vi.stubEnv("BT_SUBTENSOR_NETWORK", "finney");
  expect(chainUrls({ "subtensor.network": "local" })).toEqual([NETWORKS["local"]]);
  expect(chainUrls({})).toEqual(["wss://mainnet.example"]);
});

test("the chain of a running demo is the last resort, and without one the advice says what to give", () => {
  expect(() => chainUrls({})).toThrow(expect.objectContaining({ code: "CLI_NO_CHAIN" }));
  const demo = { url: "http://127.0.0.1:1", chainUrl: "ws://127.0.0.1:2", netuid: 1, adminKeyFile: "/key" };
  writeFileSync(join(home, "up.json"), JSON.stringify(demo));
  expect(chainUrls({})).toEqual(["ws://127.0.0.1:2"]);
});

test("a wallet named by a flag is never overruled by a key file of the environment", () => {
  vi.stubEnv("ASSAY_HOTKEY_FILE", "/keys/one");
  vi.stubEnv("BT_WALLET_NAME", "cold");
  expect(hotkeyFile({})).toBe("/keys/one");
  expect(hotkeyFile({ "wallet.hotkey": "hot", "wallet.path": "/w" })).toBe("/w/cold/hotkeys/hot");
  expect(hotkeyFile({ hotkeyFile: "/keys/two", "wallet.name": "x" })).toBe("/keys/two");
});
