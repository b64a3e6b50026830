import { afterAll, expect, test } from "vitest";
import type { Runtime } from "../runtime/runtime.ts";
import { startLocal } from "../testing/local-chain.ts";
import { openNode } from "../testing/node.ts";
import { weightsCall } from "./weights-call.ts";

const devnet = await startLocal();
const { link, runtimes } = openNode(devnet.url);
const runtime = await runtimes.at(devnet.genesisHash);
afterAll(async () => {
  await link.close();
  await devnet.close();
});

const request = {
  netuid: 258,
  mechid: 0,
  row: [
    [1, 2],
    [3, 65_535],
  ],
  versionKey: 9n,
} as const;
const unsupported = expect.objectContaining({ code: "CHAIN_RUNTIME_UNSUPPORTED" });

test("mechanism 0 is set by set_weights, call 0 of pallet 7", () => {
  expect(weightsCall(runtime, request).toHex()).toBe(
    "0x07000201080100030008" + "0200ffff" + "0900000000000000",
  );
});

test("another mechanism is set by set_mechanism_weights, call 119", () => {
  expect(weightsCall(runtime, { ...request, mechid: 1 }).toHex()).toBe(
    "0x07770201" + "01" + "080100030008" + "0200ffff" + "0900000000000000",
  );
});

/** The same runtime, in which another call or none stands under the name `setWeights`. */
function withSetWeights(replacement: string): Runtime {
  const pallet = runtime.tx["subtensorModule"] ?? {};
  const { setWeights: _, ...others } = pallet;
  const found = pallet[replacement];
  return {
    ...runtime,
    tx: { subtensorModule: found === undefined ? others : { ...others, setWeights: found } },
  };
}

test.each(["noSuchCall", "setMechanismWeights", "serveAxon", "burnedRegister", "registerNetwork"])(
  "a runtime whose set_weights has become %s is refused instead of encoded wrongly",
  (replacement) => {
    expect(() => weightsCall(withSetWeights(replacement), request)).toThrow(unsupported);
  },
);
