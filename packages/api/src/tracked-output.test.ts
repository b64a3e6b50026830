import { tracked } from "@trpc/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { trackedOutput } from "./tracked-output.ts";

const Output = trackedOutput(z.object({ version: z.int() }));

async function collect(values: unknown): Promise<unknown[]> {
  const collected: unknown[] = [];
  for await (const value of Output.parse(values)) collected.push(value);
  return collected;
}

async function* yielding(...values: unknown[]) {
  yield* values;
}

test("passes tracked values on and strips what the schema does not name", async () => {
  const [envelope] = await collect(yielding(tracked("7", { version: 7, secret: "x" })));
  expect(Array.isArray(envelope) && envelope.slice(0, 2)).toEqual(["7", { version: 7 }]);
});

test("refuses a value of another shape, an untracked value and anything that is no stream", async () => {
  await expect(collect(yielding(tracked("7", { version: "seven" })))).rejects.toThrow("version");
  await expect(collect(yielding({ version: 7 }))).rejects.toThrow("untracked");
  expect(() => Output.parse([])).toThrow("async iterable");
});
