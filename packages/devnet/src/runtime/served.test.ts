import { metadata as codec } from "@polkadot-api/substrate-bindings";
import { expect, test } from "vitest";
import { VERSION } from "./runtime.ts";
import { ownRuntime, recordedRuntime } from "./served.ts";

test("the devnet's own metadata served as a recording says the same of itself", () => {
  const own = ownRuntime();
  expect(recordedRuntime(own.metadata)).toEqual(own);
  expect(own).toMatchObject({ version: VERSION, metadataVersion: 16 });
});

test.each([
  ["bytes that are none", () => new Uint8Array([1, 2, 3]), "does not decode"],
  ["another chain's", () => renamed("polkadot"), "is of polkadot, not Subtensor"],
  ["one without a version", () => edited(() => []), "names no System.Version"],
])("%s is refused", (_, make, problem) => {
  expect(() => recordedRuntime(make())).toThrow(
    expect.objectContaining({ code: "DEVNET_METADATA_INVALID", facts: { problem } }),
  );
});

type Constants = { name: string; value: string }[];

function edited(edit: (constants: Constants) => Constants): Uint8Array {
  const whole = codec.dec(ownRuntime().metadata);
  if (whole.metadata.tag !== "v16") throw new Error("own metadata is V16");
  for (const pallet of whole.metadata.value.pallets) {
    pallet.constants = edit(pallet.constants) as typeof pallet.constants;
  }
  return codec.enc(whole);
}

function renamed(name: string): Uint8Array {
  const text = (value: string) => Buffer.from([value.length * 4, ...Buffer.from(value)]).toString("hex");
  return edited((constants) =>
    constants.map((one) => ({ ...one, value: one.value.replace(text("node-subtensor"), text(name)) })),
  );
}
