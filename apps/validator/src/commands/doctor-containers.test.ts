import type { Confinement, EngineReport } from "@assay/evaluator";
import { expect, test } from "vitest";
import { findingsOf } from "./doctor-containers.ts";

const sound: Confinement[] = [
  { name: "network", holds: true, says: "none" },
  { name: "memory", holds: true, says: "at most 536870912 bytes" },
];
const report = (about: Partial<EngineReport>): EngineReport => ({
  engine: "podman version 4.3.1",
  hasOwnUsers: true,
  confinements: sound,
  ...about,
});

test("an engine that confines is named with everything that holds", () => {
  expect(findingsOf(report({}))).toMatchObject([
    { verdict: "pass", says: "podman version 4.3.1: network none, memory at most 536870912 bytes" },
  ]);
});

test("what does not hold is a failure with advice, what cannot be told a warning", () => {
  const confinements: Confinement[] = [
    { name: "network", holds: false, says: "eth0" },
    { name: "memory", holds: false, says: "without limit" },
    { name: "processes", holds: null, says: "unknown" },
  ];
  expect(findingsOf(report({ confinements }))).toMatchObject([
    {
      verdict: "fail",
      says: "podman version 4.3.1: network: eth0",
      advice: expect.stringContaining("daemon.json"),
    },
    {
      verdict: "fail",
      says: expect.stringContaining("memory"),
      advice: expect.stringContaining("version 2"),
    },
    {
      verdict: "warn",
      says: expect.stringContaining("processes"),
      advice: expect.stringContaining("rootless"),
    },
  ]);
});

test("an engine whose users are the host's is fit, but not beside a key", () => {
  expect(findingsOf(report({ hasOwnUsers: false })).map(({ verdict }) => verdict)).toEqual(["pass", "warn"]);
});
