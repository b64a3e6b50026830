import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readSettings, SETTING_NAMES } from "./env.ts";

const REQUIRED = {
  DATABASE_URL: "postgres:///assay?host=/run/postgresql",
  ASSAY_CHAIN_URL: "ws://127.0.0.1:9944",
  ASSAY_NETUID: "1",
  ASSAY_SNAPSHOT_KEY_FILE: "key",
  ASSAY_SNAPSHOT_CERTIFICATE_FILE: "certificate.json",
};

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    return (error as { facts: { problems: string[] } }).facts.problems;
  }
}

test("the example file names every setting once, with its default", () => {
  const text = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  const lines = text.split("\n").filter((line) => /^#?[A-Z_]+=/.test(line));
  const pairs = lines.map((line) => line.replace(/^#/, "").split("=") as [string, string]);
  expect(pairs.map(([name]) => name).toSorted()).toEqual(SETTING_NAMES.toSorted());
  const set = lines
    .filter((line) => !line.startsWith("#") && !line.endsWith("="))
    .map((line) => line.split("="));
  expect(readSettings({ ...REQUIRED, ...Object.fromEntries(set) })).toEqual(readSettings(REQUIRED));
});

test("all problems are reported at once", () => {
  expect(problemsOf({ ASSAY_NETUID: "70000", ASSAY_PORT: "http", ASSAY_CHAIN_URL: "http://chain" })).toEqual([
    "DATABASE_URL: is required",
    "ASSAY_CHAIN_URL: expected ws://… or wss://…",
    expect.stringMatching(/^ASSAY_NETUID: /),
    expect.stringMatching(/^ASSAY_PORT: /),
    "ASSAY_SNAPSHOT_KEY_FILE: is required",
    "ASSAY_SNAPSHOT_CERTIFICATE_FILE: is required",
  ]);
});

test("a setting that is empty counts as not given", () => {
  expect(problemsOf({ ...REQUIRED, DATABASE_URL: "" })).toEqual(["DATABASE_URL: is required"]);
});

test("intervals are also known by their other names", () => {
  const settings = readSettings({
    ...REQUIRED,
    ASSAY_SCORE_EVALUATION_INTERVAL: "60",
    ASSAY_WEIGHT_BROADCAST_INTERVAL: "120",
  });
  expect(settings).toMatchObject({ scoreIntervalSeconds: 60, broadcastIntervalSeconds: 120 });
});

test("a setting and its alias must not disagree", () => {
  const both = { ASSAY_SCORE_INTERVAL_SECONDS: "300", ASSAY_SCORE_EVALUATION_INTERVAL: "60" };
  expect(problemsOf({ ...REQUIRED, ...both })).toEqual([
    "ASSAY_SCORE_EVALUATION_INTERVAL and ASSAY_SCORE_INTERVAL_SECONDS disagree",
  ]);
});

test("public origins are a list of origins without path", () => {
  const origins = "https://a.example, http://127.0.0.1:3000";
  expect(readSettings({ ...REQUIRED, ASSAY_PUBLIC_URL: origins }).publicUrls).toEqual([
    "https://a.example",
    "http://127.0.0.1:3000",
  ]);
  expect(problemsOf({ ...REQUIRED, ASSAY_PUBLIC_URL: "https://a.example/path" })).toHaveLength(1);
});
