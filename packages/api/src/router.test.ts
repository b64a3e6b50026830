import type { Role } from "@assay/core";
import { TRPCError } from "@trpc/server";
import { describe, expect, test } from "vitest";
import type { Access } from "./access.ts";
import type { Caller } from "./context.ts";
import { callByPath, describeProcedures } from "./describe.ts";
import { Refusal, wireError } from "./refusal.ts";
import { type AppRouter, createRouter, type Verbs } from "./router.ts";

const ACCESS: Record<string, Access> = {
  "artefacts.get": "validator",
  "audit.list": "admin",
  "bans.create": "admin",
  "bans.lift": "admin",
  "bans.list": "reviewer",
  "candidates.approve": "admin",
  "candidates.compare": "reviewer",
  "candidates.get": "reviewer",
  "candidates.list": "reviewer",
  "candidates.recommend": "reviewer",
  "candidates.reject": "admin",
  "candidates.revoke": "admin",
  "competitions.archive": "admin",
  "competitions.create": "admin",
  "competitions.get": "public",
  "competitions.list": "public",
  "competitions.pause": "admin",
  "competitions.resume": "admin",
  "competitions.thresholds": "public",
  "competitions.update": "admin",
  "cycles.get": "public",
  "cycles.list": "public",
  "jobs.claim": "validator",
  "jobs.fail": "validator",
  "jobs.heartbeat": "validator",
  "jobs.release": "validator",
  "keys.collect": "signed",
  "keys.create": "admin",
  "keys.declareInterests": "reviewer",
  "keys.grant": "admin",
  "keys.list": "admin",
  "keys.refuse": "admin",
  "keys.request": "signed",
  "keys.requests": "admin",
  "keys.revoke": "admin",
  "keys.rotate": "admin",
  "leaderboards.get": "public",
  "leaders.history": "reviewer",
  "leaders.list": "public",
  "results.report": "validator",
  "rules.get": "public",
  "rules.put": "admin",
  "scores.list": "public",
  "settings.get": "viewer",
  "settings.put": "admin",
  "snapshots.atBlock": "public",
  "snapshots.get": "public",
  "snapshots.inputs": "public",
  "snapshots.latest": "validator-key",
  "snapshots.list": "public",
  "snapshots.subscribe": "validator-key",
  "submissions.create": "signed",
  "submissions.explain": "public",
  "submissions.get": "public",
  "submissions.list": "public",
  "submissions.rerun": "admin",
  "submissions.withdraw": "signed",
  "system.info": "public",
  "validators.heartbeat": "validator",
  "validators.list": "viewer",
};

const key = (role: Role): Caller => ({ kind: "key", id: "key_1", name: role, role, hotkey: null });
const hotkey = (isValidator: boolean): Caller => ({ kind: "hotkey", hotkey: "5F", isValidator });
const CALLERS: Record<string, Caller> = {
  public: { kind: "public" },
  viewer: key("viewer"),
  reviewer: key("reviewer"),
  admin: key("admin"),
  "validator key": key("validator"),
  "any hotkey": hotkey(false),
  "validator hotkey": hotkey(true),
};
const ADMITTED: Record<Access, string[]> = {
  public: Object.keys(CALLERS),
  viewer: ["viewer", "reviewer", "admin"],
  reviewer: ["reviewer", "admin"],
  admin: ["admin"],
  signed: ["any hotkey", "validator hotkey"],
  validator: ["validator hotkey"],
  "validator-key": ["validator key"],
};

/** Verbs of which every one records that it was reached, then fails. */
function recordingVerbs(reached: string[]): Verbs {
  const noun = (name: string) =>
    new Proxy({}, { get: (_, verb) => () => Promise.reject(new Error(note(`${name}.${String(verb)}`))) });
  const note = (path: string) => {
    reached.push(path);
    return path;
  };
  return new Proxy({} as Verbs, { get: (_, name) => noun(String(name)) });
}

const procedures = describeProcedures(createRouter(recordingVerbs([])));

test("declares exactly the procedures of the access table", () => {
  expect(Object.fromEntries(procedures.map(({ path, access }) => [path, access]))).toEqual(ACCESS);
});

test.each(procedures)("$path declares one input and an output", ({ inputs, output }) => {
  expect(inputs).toHaveLength(1);
  expect(output).toBeDefined();
});

describe.each(Object.entries(ACCESS))("%s", (path, access) => {
  test.each(Object.entries(CALLERS))(`called as %s obeys ${access} access`, async (name, caller) => {
    const reached: string[] = [];
    const code = await call(createRouter(recordingVerbs(reached)), path, caller);
    const admitted = ADMITTED[access].includes(name);
    if (admitted) return expect(["API_INTERNAL", "API_INVALID_INPUT"]).toContain(code);
    expect(code).toBe(caller.kind === "public" ? "API_UNAUTHENTICATED" : "API_FORBIDDEN");
    expect(reached).toEqual([]);
  });
});

async function call(router: AppRouter, path: string, caller: Caller): Promise<string> {
  try {
    await callByPath(router, { path, ctx: { requestId: "r1", caller }, input: {} });
    return "none";
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return error instanceof TRPCError ? wireError(error).code : "not a refusal";
  }
}
