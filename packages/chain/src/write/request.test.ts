import fc from "fast-check";
import { expect, test } from "vitest";
import { signerFromUri } from "../wallet/index.ts";
import type { SetWeightsRequest } from "../weights.ts";
import { assertEncodable, storedRow } from "./request.ts";

const request: SetWeightsRequest = {
  netuid: 2,
  mechid: 0,
  row: [
    [0, 1],
    [1, 65_535],
  ],
  versionKey: 0n,
  signer: await signerFromUri("//Alice"),
};

test("a request within the chain's types is taken", () => {
  expect(() => assertEncodable(request)).not.toThrow();
});

test.each<[string, Partial<SetWeightsRequest>]>([
  ["netuid", { netuid: 65_536 }],
  ["netuid", { netuid: 1.5 }],
  ["mechid", { mechid: 256 }],
  ["mechid", { mechid: -1 }],
  ["versionKey", { versionKey: -1n }],
  ["versionKey", { versionKey: 2n ** 64n }],
  ["row[0].uid", { row: [[65_536, 1]] }],
  [
    "row[1].weight",
    {
      row: [
        [0, 1],
        [1, 65_536],
      ],
    },
  ],
  ["row[0].weight", { row: [[0, Number.NaN]] }],
  ["row[0].weight", { row: [[0, 0.5]] }],
  ["row[0].weight", { row: [[0, -1]] }],
  ["row[0].weight", { row: [[0, Number.POSITIVE_INFINITY]] }],
  ["row", { row: [] }],
  [
    "row",
    {
      row: [
        [0, 0],
        [1, 0],
      ],
    },
  ],
  ["signer", { signer: { address: "nobody", sign: () => "0x" } }],
])("a wrong %s is refused before anything is signed", (field, wrong) => {
  expect(() => assertEncodable({ ...request, ...wrong })).toThrow(
    expect.objectContaining({ code: "CHAIN_REQUEST_INVALID", facts: expect.objectContaining({ field }) }),
  );
});

test("a row whose largest weight is 65,535 is stored as it is", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(65_535)), (weights) => {
      const row = [65_535, ...weights].map((weight, uid) => [uid, weight] as const);
      expect(storedRow(row)).toEqual(row);
    }),
  );
});

test("other rows are stored scaled up, uids and order kept", () => {
  expect(
    storedRow([
      [5, 1],
      [3, 2],
      [4, 0],
    ]),
  ).toEqual([
    [5, 32_768],
    [3, 65_535],
    [4, 0],
  ]);
});
