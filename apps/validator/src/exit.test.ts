import { ChainError } from "@assay/chain";
import { expect, test } from "vitest";
import { ValidatorError } from "./errors.ts";
import { exitCodeOf } from "./exit.ts";

test.each<[Error, number]>([
  [new ValidatorError({ code: "VALIDATOR_SETTINGS_INVALID", problems: [] }), 78],
  [new ChainError({ code: "CHAIN_KEY_FILE_ENCRYPTED", path: "key", format: "$NACL" }), 78],
  [new ValidatorError({ code: "VALIDATOR_USAGE", argument: "fly" }), 2],
  [new ValidatorError({ code: "VALIDATOR_JOURNAL_LOCKED", path: "journal" }), 3],
  [new ValidatorError({ code: "VALIDATOR_JOURNAL_GONE", path: "journal", marker: "marker" }), 3],
  [new ChainError({ code: "CHAIN_WRONG_GENESIS", endpoint: "ws://x", expected: "0x1", actual: "0x2" }), 3],
  [new Error("anything else"), 1],
])("%s ends with exit code %i", (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});
