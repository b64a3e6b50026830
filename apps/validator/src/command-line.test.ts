import { expect, test } from "vitest";
import { readCommandLine } from "./command-line.ts";

const read = (...args: string[]) => readCommandLine(args);

test("without a command it runs, with all arguments as settings", () => {
  expect(read()).toMatchObject({ command: "run", settings: [] });
  expect(read("--netuid", "7")).toMatchObject({ command: "run", settings: ["--netuid", "7"] });
  expect(read("run", "--netuid=7")).toMatchObject({ command: "run", settings: ["--netuid=7"] });
});

test("a command takes its own word and switches and leaves the settings", () => {
  expect(read("export", "/safe/file", "--home", "h")).toMatchObject({
    operand: "/safe/file",
    settings: ["--home", "h"],
  });
  expect(read("pause", "--home", "h")).toMatchObject({ operand: undefined, settings: ["--home", "h"] });
  const { switches, settings } = read("status", "--watch", "--home=h", "--json");
  expect([...switches]).toEqual(["--watch", "--json"]);
  expect(settings).toEqual(["--home=h"]);
});

test.each([[["fly"]], [["export"]], [["import", "--home=h"]]])("%j cannot be meant", (args) => {
  expect(() => read(...args)).toThrow(expect.objectContaining({ code: "VALIDATOR_USAGE" }));
});

test("the flag --dry-run is the command, wherever it stands", () => {
  for (const args of [
    ["--dry-run", "--netuid=1"],
    ["--netuid=1", "--dry-run"],
    ["run", "--netuid=1", "--dry-run"],
  ])
    expect(readCommandLine(args)).toMatchObject({ command: "dry-run", settings: ["--netuid=1"] });
});
