import { Thresholds } from "@assay/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { changesTo } from "./changes.ts";
import { UpdateCompetition } from "./competitions.ts";
import { OperatorSettings, PutSettings } from "./settings.ts";

const schema = z.object({ size: z.int().min(1).default(5), name: z.string() });

test("what is left out of a change is left out, whatever its default", () => {
  expect(changesTo(schema).parse({})).toEqual({});
  expect(changesTo(schema).parse({ name: "a" })).toEqual({ name: "a" });
});

test("a change is held to the field it changes, and unknown fields are refused", () => {
  expect(changesTo(schema).safeParse({ size: 0 }).success).toBe(false);
  expect(changesTo(schema).safeParse({ sice: 3 }).success).toBe(false);
});

test("every threshold and every setting can be changed alone", () => {
  const id = "competition_01890a5d-ac96-774b-bcce-b302099a8057";
  for (const [name, value] of Object.entries(Thresholds.parse({}))) {
    const thresholds = { [name]: value };
    expect(UpdateCompetition.parse({ id, thresholds, basedOn: 1 }).thresholds).toEqual(thresholds);
  }
  for (const [name, value] of Object.entries(OperatorSettings.parse({}))) {
    const settings = { [name]: value };
    expect(PutSettings.parse({ basedOn: 0, settings }).settings).toEqual(settings);
  }
});
