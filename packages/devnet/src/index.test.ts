import { expect, test } from "vitest";
import * as devnet from "./index.ts";

test("the package exports exactly these names", () => {
  expect(Object.keys(devnet).sort()).toEqual([
    "DEVELOPMENT_ACCOUNTS",
    "DevnetError",
    "demoGenesis",
    "developmentGenesis",
    "entries",
    "parseGenesis",
    "startDevnet",
  ]);
});
