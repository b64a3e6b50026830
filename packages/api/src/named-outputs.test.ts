import { expect, test } from "vitest";
import { z } from "zod";
import { describeProcedures } from "./describe.ts";
import { createRouter, type Verbs } from "./router.ts";

/** Only what procedures declare is looked at: nothing is ever called. */
function noVerbs(): Verbs {
  return new Proxy({} as Verbs, { get: () => ({}) });
}

/** Parts of outputs that hold whatever somebody put there by name. */
const OPEN = [
  // Facts of an act, which nobody but `recordAct` writes.
  /^audit\.list\.items\.facts$/,
  // The configuration of a task, which its author has published.
  /\.taskConfig$/,
  // An envelope; its content is read by its own schema, which `tracked-output.test.ts` shows.
  /^snapshots\.subscribe$/,
];

type Schema = { [key: string]: unknown };

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const SAYING = ["type", "properties", "anyOf", "allOf", "oneOf", "const", "enum"];

/** Whether a schema lets through fields that it does not name; only JSON as such refers to itself. */
function isOpen(schema: Schema): boolean {
  if (schema["type"] === "object") return schema["additionalProperties"] !== false;
  return !SAYING.some((word) => word in schema);
}

/** Places of a schema that let through what they do not name. */
function openings(schema: unknown, path: string): string[] {
  if (!isSchema(schema)) return [];
  const { properties, items, anyOf, allOf, oneOf } = schema;
  const fields = isSchema(properties) ? Object.entries(properties) : [];
  const parts = [anyOf, allOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return [
    ...(isOpen(schema) && !OPEN.some((allowed) => allowed.test(path)) ? [path] : []),
    ...fields.flatMap(([name, field]) => openings(field, `${path}.${name}`)),
    ...[items, ...parts].flatMap((part) => openings(part, path)),
  ];
}

const shapeOf = (output: z.ZodType) => z.toJSONSchema(output, { io: "output", unrepresentable: "any" });

test.each(describeProcedures(createRouter(noVerbs())))(
  "$path answers with nothing it does not name",
  ({ path, output = z.unknown() }) => {
    expect(openings(shapeOf(output), path)).toEqual([]);
  },
);

test.each<[string, z.ZodType]>([
  ["more fields", z.looseObject({ id: z.string() })],
  ["anything", z.object({ id: z.unknown() })],
  ["fields of any name", z.array(z.record(z.string(), z.string()))],
  ["any JSON", z.object({ id: z.string(), extra: z.json() })],
  ["anything in one case", z.union([z.object({ id: z.string() }), z.any()])],
])("an output that lets through %s is found", (_name, output) => {
  expect(openings(shapeOf(output), "x")).not.toEqual([]);
});
