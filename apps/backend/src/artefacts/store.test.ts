import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256Hex } from "@assay/core";
import { afterAll, expect, test } from "vitest";
import { folderStore } from "./store.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-artefacts-"));
afterAll(() => rmSync(folder, { recursive: true }));
const store = folderStore(join(folder, "artefacts"));

test("gives back what was put, however often it was put", async () => {
  const bytes = Uint8Array.of(0, 97, 115, 109);
  const sha256 = await sha256Hex(bytes);
  await Promise.all([store.put(sha256, bytes), store.put(sha256, bytes), store.put(sha256, bytes)]);
  expect(Uint8Array.from((await store.get(sha256)) ?? [])).toEqual(bytes);
  expect(readdirSync(join(folder, "artefacts", sha256.slice(0, 2)))).toEqual([sha256]);
});

test("knows nothing of what was never put", async () => {
  expect(await store.get("0".repeat(64))).toBeUndefined();
});
