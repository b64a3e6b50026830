import { expect, test } from "vitest";
import * as face from "./index.ts";

test("the package exports these names", () => {
  expect(Object.keys(face).sort()).toEqual([
    "AGENT_ABI",
    "CODE_HASH",
    "DEFAULT_LIMITS",
    "EvaluatorError",
    "INVERTED_PENDULUM",
    "PENDULUM_OBSERVATION",
    "WAYPOINT_NAVIGATION",
    "WAYPOINT_OBSERVATION",
    "assertSameEvaluator",
    "builtInTasks",
    "calibrate",
    "configHashOf",
    "createEvaluator",
    "entries",
    "identityOf",
    "inspectAgent",
    "invertedPendulum",
    "referenceAgents",
    "taskFor",
    "tryAgent",
    "waypointNavigation",
  ]);
});
