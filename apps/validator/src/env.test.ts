import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readSettings, Settings, variable } from "./env.ts";

const FILE = new URL("./env.test.ts", import.meta.url).pathname;
const COMPLETE = {
  ASSAY_BACKEND_URL: "http://127.0.0.1:3000",
  ASSAY_API_KEY_FILE: FILE,
  ASSAY_CHAIN_URL: "ws://127.0.0.1:9944",
  ASSAY_NETUID: "2",
  ASSAY_HOTKEY_FILE: FILE,
};

test(".env.example names every setting and nothing else", () => {
  const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  const named = [...example.matchAll(/^(ASSAY_[A-Z_]+)=/gm)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(Settings.shape).map(variable));
});

test("what may be left out has a default", () => {
  expect(readSettings([], COMPLETE)).toEqual({
    backendUrl: "http://127.0.0.1:3000",
    apiKeyFile: FILE,
    chainUrl: ["ws://127.0.0.1:9944"],
    netuid: 2,
    mechid: 0,
    hotkeyFile: FILE,
    home: ".assay",
    duties: ["weights", "evaluate"],
    authority: null,
    logLevel: "info",
    reconnectPauseMs: 1_000,
  });
});

test("a flag goes over the environment, an empty variable is none", () => {
  const settings = readSettings(["--duties", "weights", "--netuid=7"], { ...COMPLETE, ASSAY_HOME: "" });
  expect(settings).toMatchObject({ duties: ["weights"], netuid: 7, home: ".assay" });
});

test("lists are separated by commas", () => {
  const settings = readSettings(["--chain-url", "ws://one:9944, wss://two", "--duties=evaluate"], COMPLETE);
  expect(settings).toMatchObject({ chainUrl: ["ws://one:9944", "wss://two"], duties: ["evaluate"] });
});

test("every problem is reported at once", () => {
  const wrong = {
    ...COMPLETE,
    ASSAY_CHAIN_URL: "http://x",
    ASSAY_NETUID: "65536",
    ASSAY_HOTKEY_FILE: "/none",
  };
  const report = () => readSettings(["--duties", "mine"], { ...wrong, ASSAY_BACKEND_URL: undefined });
  expect(report).toThrow(expect.objectContaining({ code: "VALIDATOR_SETTINGS_INVALID" }));
  for (const name of ["BACKEND_URL", "CHAIN_URL", "NETUID", "HOTKEY_FILE", "DUTIES"])
    expect(report).toThrow(new RegExp(`ASSAY_${name} `));
});

test.each([["--unknown"], ["surplus"], ["--netuid"]])("the argument %s alone is refused", (argument) => {
  expect(() => readSettings([argument], COMPLETE)).toThrow(
    expect.objectContaining({ code: "VALIDATOR_SETTINGS_INVALID" }),
  );
});
