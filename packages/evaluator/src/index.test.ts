import { expect, test } from "vitest";
import * as face from "./index.ts";

test("the package exports these names", () => {
  expect(Object.keys(face).sort()).toEqual([
    "AGENT_ABI",
    "AnyHello",
    "CODE_HASH",
    "Calibrated",
    "DEFAULT_LIMITS",
    "EvaluatorError",
    "EvaluatorMessage",
    "Hello",
    "INVERTED_PENDULUM",
    "JOIN_PROTOCOL",
    "JoinRefusal",
    "MAX_MESSAGE_BYTES",
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
    "joinSecret",
    "readMessage",
    "referenceAgents",
    "taskFor",
    "tryAgent",
    "waypointNavigation",
  ]);
});
