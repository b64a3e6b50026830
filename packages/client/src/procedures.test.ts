import { type Access, createRouter, describeProcedures, type Verbs } from "@assay/api";
import { expect, test } from "vitest";
import { buildFacade } from "./facade.ts";
import { type Credential, kindOf, PROCEDURES } from "./procedures.ts";

const CREDENTIAL: Record<Access, Credential> = {
  public: "public",
  viewer: "key",
  reviewer: "key",
  admin: "key",
  "validator-key": "key",
  signed: "signed",
  validator: "signed",
};

/** Describing the contract calls no verb. */
const nouns = Object.fromEntries(Object.keys(PROCEDURES).map((noun) => [noun, {}]));
const procedures = describeProcedures(createRouter(nouns as unknown as Verbs));

test.each(procedures.map((procedure) => [procedure.path, procedure] as const))(
  "%s is shown the credential that the contract asks for",
  (path, { access, type }) => {
    expect(kindOf(path)).toBe(`${CREDENTIAL[access ?? "public"]} ${type}`);
  },
);

test("the table has no procedure that the contract does not have", () => {
  const listed = Object.entries(PROCEDURES).flatMap(([noun, verbs]) =>
    Object.keys(verbs).map((verb) => `${noun}.${verb}`),
  );
  expect(listed.toSorted()).toEqual(procedures.map(({ path }) => path).toSorted());
});

test("every verb calls its own procedure with its own input", async () => {
  const facade = buildFacade(async (path, input, options) => [path, input, options]);
  const signal = AbortSignal.abort();
  expect(await facade.leaders.list(undefined, { signal })).toEqual(["leaders.list", undefined, { signal }]);
  expect(await facade.system.info()).toEqual(["system.info", undefined, undefined]);
  expect(Object.keys(facade.snapshots)).toEqual(["latest", "list", "get", "atBlock", "inputs"]);
});

test.each([
  "",
  "snapshots",
  "snapshots.",
  "snapshots.none",
  "none.list",
  "__proto__.get",
  "leaders.constructor",
])("%j is no procedure", (path) => {
  expect(kindOf(path)).toBeUndefined();
});
