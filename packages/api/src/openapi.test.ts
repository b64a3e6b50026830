import { expect, test } from "vitest";
import { describeProcedures } from "./describe.ts";
import { openApiDocument } from "./openapi.ts";
import { createRouter, type Verbs } from "./router.ts";

const router = createRouter(new Proxy({} as Verbs, { get: () => ({}) }));
const document = openApiDocument(router, { baseUrl: "http://127.0.0.1:3000", version: "0.1.0" });

test("documents every procedure with a REST form under its path and method", () => {
  const routes = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes.toSorted()).toEqual([
    "GET /admin/audit",
    "GET /admin/bans",
    "GET /admin/competitions/{competitionId}/leaders",
    "GET /admin/key-requests",
    "GET /admin/keys",
    "GET /admin/leader-candidates",
    "GET /admin/leader-candidates/{id}",
    "GET /admin/leader-candidates/{id}/comparison",
    "GET /admin/settings",
    "GET /admin/validators",
    "GET /competitions",
    "GET /competitions/{competitionId}/cycles",
    "GET /competitions/{competitionId}/leaderboard",
    "GET /competitions/{competitionId}/scores",
    "GET /competitions/{id}",
    "GET /competitions/{id}/thresholds",
    "GET /cycles/{id}",
    "GET /leaders",
    "GET /rules",
    "GET /snapshots",
    "GET /snapshots/at/{block}",
    "GET /snapshots/latest",
    "GET /snapshots/{version}",
    "GET /snapshots/{version}/inputs",
    "GET /submissions",
    "GET /submissions/{id}",
    "GET /submissions/{id}/explanation",
    "GET /system/info",
    "PATCH /admin/competitions/{id}",
    "POST /admin/bans",
    "POST /admin/bans/{id}/lift",
    "POST /admin/competitions",
    "POST /admin/competitions/{id}/archive",
    "POST /admin/competitions/{id}/pause",
    "POST /admin/competitions/{id}/resume",
    "POST /admin/interests",
    "POST /admin/key-requests/{id}/grant",
    "POST /admin/key-requests/{id}/refuse",
    "POST /admin/keys",
    "POST /admin/keys/{id}/revoke",
    "POST /admin/keys/{id}/rotate",
    "POST /admin/leader-candidates/{id}/approve",
    "POST /admin/leader-candidates/{id}/recommend",
    "POST /admin/leader-candidates/{id}/reject",
    "POST /admin/leader-candidates/{id}/revoke",
    "POST /admin/submissions/{id}/rerun",
    "PUT /admin/rules",
    "PUT /admin/settings",
  ]);
});

test("asks for an API key exactly where a procedure does", () => {
  const paths = document.paths as Record<string, Record<string, { security?: unknown[] }>>;
  expect(paths["/admin/leader-candidates/{id}/approve"]?.["post"]?.security).toEqual([{ apiKey: [] }]);
  expect(paths["/competitions"]?.["get"]?.security).toBeUndefined();
});

test("no procedure that a hotkey must sign has a REST form", () => {
  const signed = describeProcedures(router).filter(
    ({ access }) => access === "signed" || access === "validator",
  );
  expect(signed.map(({ path }) => path)).toContain("submissions.create");
  expect(signed.filter(({ rest }) => rest !== undefined)).toEqual([]);
});
