import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { restrict, type Surface, surfaceOf } from "../testing/surface.ts";
import { apis, runtimeMetadata } from "./runtime.ts";

const vectors: { origin: string; surface: Surface } = JSON.parse(
  readFileSync(new URL("../../vectors/surface.json", import.meta.url), "utf8"),
);
const own = surfaceOf(runtimeMetadata());
const folder = process.env.ASSAY_RECORDED_DATA ?? "";
const recordedFile = join(folder, "subtensor-finney-424.metadata-v16.scale");
const hasRecorded = folder !== "" && existsSync(recordedFile);

test("every declared item is mainnet's: names, indices, types, defaults", () => {
  expect(withoutVersion(own)).toEqual(vectors.surface);
});

test("the thirteen transaction extensions stand in mainnet's order", () => {
  expect(own.extensions.map((line) => line.split(":")[0])).toEqual([
    "CheckNonZeroSender",
    "CheckSpecVersion",
    "CheckTxVersion",
    "CheckGenesis",
    "CheckMortality",
    "CheckNonce",
    "CheckWeight",
    "ChargeTransactionPayment",
    "SudoTransactionExtension",
    "CheckShieldedTxValidity",
    "SubtensorTransactionExtension",
    "DrandPriority",
    "CheckMetadataHash",
  ]);
});

test.skipIf(!hasRecorded)("the extract equals the recorded metadata (needs ASSAY_RECORDED_DATA)", () => {
  const recorded = surfaceOf(readFileSync(recordedFile));
  expect(restrict(recorded, withoutVersion(own))).toEqual(vectors.surface);
});

test.skipIf(!hasRecorded)("API ids and versions are mainnet's (needs ASSAY_RECORDED_DATA)", () => {
  const recorded = surfaceOf(readFileSync(recordedFile));
  const version = recorded.pallets.System?.constants.Version;
  for (const { id, version: number } of apis) {
    expect(version).toContain(`${id.slice(2)}0${number}000000`);
  }
});

/** The version constant lists all of a runtime's APIs, and we have fewer. */
function withoutVersion(surface: Surface): Surface {
  const copy = structuredClone(surface);
  const constants: Record<string, string> = { ...copy.pallets.System?.constants };
  delete constants.Version;
  const { System } = copy.pallets;
  if (System === undefined) throw new Error("no System pallet");
  return { ...copy, pallets: { ...copy.pallets, System: { ...System, constants } } };
}
