import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readSettings, Settings, variable } from "./env.ts";

const FILE = new URL("./env.test.ts", import.meta.url).pathname;
const COMPLETE = {
  ASSAY_BACKEND_URL: "http://127.0.0.1:3000",
  ASSAY_NETUID: "2",
  ASSAY_HOTKEY_FILE: FILE,
  ASSAY_AGENT: "careful",
};

test(".env.example names every setting and nothing else", () => {
  const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  const named = [...example.matchAll(/^(ASSAY_[A-Z_]+)=/gm)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(Settings.shape).map(variable));
});

test("what may be left out has a default", () => {
  expect(readSettings([], COMPLETE)).toEqual({
    backendUrl: "http://127.0.0.1:3000",
    netuid: 2,
    hotkeyFile: FILE,
    home: ".assay",
    competition: null,
    agent: "careful",
    file: null,
    try: false,
    watch: false,
    logLevel: "info",
  });
});

test("flags go over the environment, switches need no value", () => {
  const args = ["--agent", "greedy", "--try", "--watch"];
  expect(readSettings(args, COMPLETE)).toMatchObject({ agent: "greedy", try: true, watch: true });
});

test("an agent is either built or read", () => {
  const both = () => readSettings(["--file", FILE], COMPLETE);
  expect(both).toThrow("give either --agent or --file");
  const neither = () => readSettings([], { ...COMPLETE, ASSAY_AGENT: "" });
  expect(neither).toThrow("give either --agent or --file");
  expect(readSettings(["--file", FILE], { ...COMPLETE, ASSAY_AGENT: undefined }).file).toBe(FILE);
});

test("every problem is reported at once", () => {
  const wrong = {
    ASSAY_NETUID: "x",
    ASSAY_HOTKEY_FILE: "/none",
    ASSAY_AGENT: "clever",
    ASSAY_COMPETITION: "first",
  };
  const report = () => readSettings([], wrong);
  expect(report).toThrow(expect.objectContaining({ code: "MINER_SETTINGS_INVALID" }));
  for (const name of ["BACKEND_URL", "NETUID", "HOTKEY_FILE", "AGENT", "COMPETITION"])
    expect(report).toThrow(new RegExp(`ASSAY_${name} `));
});

test.each([["--unknown"], ["surplus"], ["--netuid"]])("the argument %s alone is refused", (argument) => {
  expect(() => readSettings([argument], COMPLETE)).toThrow(
    expect.objectContaining({ code: "MINER_SETTINGS_INVALID" }),
  );
});
