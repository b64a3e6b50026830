import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { demoFile } from "../env.ts";
import { announceDemo } from "./announce.ts";

const home = mkdtempSync(join(tmpdir(), "assay-announce-"));
const first = { url: "http://127.0.0.1:1", chainUrl: "ws://127.0.0.1:9", netuid: 1, adminKeyFile: "/a" };
const second = { url: "http://127.0.0.1:2", chainUrl: "ws://127.0.0.1:9", netuid: 1, adminKeyFile: "/b" };

afterAll(() => rmSync(home, { recursive: true, force: true }));

test("a demo is announced to this user alone, and withdrawn", () => {
  const withdraw = announceDemo(home, first);
  expect(statSync(demoFile(home)).mode & 0o777).toBe(0o600);
  withdraw();
  expect(existsSync(demoFile(home))).toBe(false);
});

test("a demo that ends leaves the announcement of a newer one", () => {
  const withdraw = announceDemo(home, first);
  announceDemo(home, second);
  withdraw();
  expect(JSON.parse(readFileSync(demoFile(home), "utf8"))).toEqual(second);
});
