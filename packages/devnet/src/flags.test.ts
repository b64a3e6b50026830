import { expect, test } from "vitest";
import { parseFlags } from "./flags.ts";

test("flags are read by their names; what is absent is left to the defaults", () => {
  const args = ["--genesis", "g.json", "--port", "0", "--block-ms=250", "--blocks", "7", "--host", "0.0.0.0"];
  const files = ["--load", "m.json", "--state", "s.jsonl", "--metadata", "m.scale"];
  expect(parseFlags([...args, ...files])).toEqual({
    genesisFile: "g.json",
    loadFile: "m.json",
    stateFile: "s.jsonl",
    metadataFile: "m.scale",
    host: "0.0.0.0",
    port: 0,
    blockMs: 250,
    blocks: 7,
  });
  expect(parseFlags([])).toEqual({
    genesisFile: undefined,
    loadFile: undefined,
    stateFile: undefined,
    metadataFile: undefined,
    host: undefined,
    port: undefined,
    blockMs: undefined,
    blocks: undefined,
  });
});

test.each([
  ["an unknown flag", ["--nope"]],
  ["a positional argument", ["genesis.json"]],
  ["a port that is no number", ["--port", "x"]],
  ["a negative pace", ["--block-ms", "-5"]],
  ["a flag without its value", ["--genesis"]],
])("%s is a usage error", (_name, args) => {
  expect(() => parseFlags(args)).toThrow(expect.objectContaining({ code: "DEVNET_USAGE" }));
});
