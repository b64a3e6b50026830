import { EvaluatorIdentity } from "@assay/core";
import { expect, test } from "vitest";
import { CODE_HASH } from "./code-hash.ts";
import { assertSameEvaluator, identityOf } from "./identity.ts";
import { waypointNavigation } from "./tasks/waypoint-navigation.ts";

const own = identityOf(waypointNavigation());

test("an identity has the shape that jobs and results carry", () => {
  expect(EvaluatorIdentity.parse(own)).toEqual(own);
  expect(own).toMatchObject({ task: "waypoint-navigation", version: "1", codeHash: CODE_HASH });
});

test("the same evaluator passes", () => {
  expect(() => assertSameEvaluator({ ...own }, own)).not.toThrow();
});

test.each(["task", "version", "configHash", "codeHash"] as const)("another %s is refused", (field) => {
  expect(() => assertSameEvaluator({ ...own, [field]: "other" }, own)).toThrow(
    expect.objectContaining({
      code: "EVALUATOR_IDENTITY_MISMATCH",
      facts: { field, named: "other", own: own[field] },
    }),
  );
});
