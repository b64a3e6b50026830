import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as wallet from "./index.ts";

test("the wallet exports exactly these names", () => {
  expect(Object.keys(wallet).toSorted()).toEqual([
    "isAddress",
    "signerFromFile",
    "signerFromUri",
    "signerFromWallet",
    "verifySignature",
    "walletNames",
    "walletPath",
  ]);
});

test("the wallet loads nothing of the chain but its errors, so that a miner starts fast", () => {
  const sources = globSync(join(import.meta.dirname, "*.ts")).filter((file) => !file.endsWith(".test.ts"));
  const imports = sources.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/from "([^"]+)"/g)].map((match) => match[1] ?? ""),
  );
  const outside = imports.filter((name) => !name.startsWith("./") && !name.startsWith("node:"));
  expect([...new Set(outside)].toSorted()).toEqual([
    "../errors.ts",
    "@assay/core",
    "@polkadot/util",
    "@polkadot/util-crypto",
    "@polkadot/wasm-crypto",
  ]);
});
