import { createRequire } from "node:module";
import { expect, test } from "vitest";

/**
 * The package as Node itself loads it: through vitest's module runner every import is a getter, which would be measured
 * too. `require` has no types of its own, hence the cast.
 */
const { createBeacon, decrypt, encodePayload, encrypt, QUICKNET, verifyPulse } = createRequire(
  import.meta.url,
)("../index.ts") as typeof import("../index.ts");

const settings = { id: "bench", genesisTime: QUICKNET.genesisTime, periodSeconds: 3 };
const own = createBeacon(new Uint8Array(32).fill(1), settings);
const pulse = own.signRound(1000);
const target = { beacon: own.beacon, round: pulse.round };

/** Weights on every one of so many uids. */
function payload(count: number): Uint8Array {
  const uids = Array.from({ length: count }, (_, uid) => uid);
  return encodePayload({ hotkey: new Uint8Array(32), uids, values: uids, versionKey: 0n });
}

test("256 weights, and the 1,177 that fit a commit", async ({ bench }) => {
  const [usual, most] = [payload(256), payload(1177)];
  const [sealed, sealedMost] = [encrypt(usual, target), encrypt(most, target)];
  const checked = (bytes: Uint8Array) => expect(bytes.length).toBeGreaterThan(0);
  await bench.compare(
    bench("encrypt 256", () => checked(encrypt(usual, target))),
    bench("encrypt 1,177", () => checked(encrypt(most, target))),
    bench("decrypt 256", () => checked(decrypt(sealed, pulse))),
    bench("decrypt 1,177", () => checked(decrypt(sealedMost, pulse))),
    bench("sign a round", () => checked(own.signRound(1000).signature)),
    bench("verify a pulse", () => checked(verifyPulse(own.beacon, pulse).randomness)),
    { time: 0, iterations: 31, warmupTime: 0, warmupIterations: 5 },
  );
});
