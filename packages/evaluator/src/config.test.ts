import { WaypointNavigationConfig } from "@assay/core";
import { expect, test } from "vitest";
import { configHashOf, parseConfig } from "./config.ts";

test("the order of settings does not change the hash, their values do", () => {
  expect(configHashOf({ a: 1, b: 2 })).toBe(configHashOf({ b: 2, a: 1 }));
  expect(configHashOf({ a: 1, b: 2 })).not.toBe(configHashOf({ a: 1, b: 3 }));
});

test("the hash is that of the canonical text", () => {
  // printf '{"a":1}' | sha256sum
  expect(configHashOf({ a: 1 })).toBe("015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862");
});

test("a refused setting is named with its reason", () => {
  expect(() => parseConfig("t", { schema: WaypointNavigationConfig, config: { maxSteps: 0 } })).toThrow(
    expect.objectContaining({
      code: "EVALUATOR_CONFIG_INVALID",
      facts: expect.objectContaining({ task: "t", path: "maxSteps" }),
    }),
  );
});
