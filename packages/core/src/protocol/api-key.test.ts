import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { formatToken, parseToken } from "./api-key.ts";

const keyId = "key_01890a5d-ac96-774b-bcce-b302099a8057";
const random = new Uint8Array(32).fill(7);

test("a token shows its id and hides nothing but the secret", () => {
  const token = formatToken(keyId, random);
  expect(token).toMatch(/^assay_01890a5dac96774bbcceb302099a8057_[0-9a-zA-Z]{43}_[0-9a-z]{6}$/);
  expect(parseToken(token)).toEqual({ id: keyId, secret: token.split("_")[2] });
});

test("different random bytes give different secrets, the largest included", () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      const [one, other] = [parseToken(formatToken(keyId, a)), parseToken(formatToken(keyId, b))];
      expect(one?.id).toBe(keyId);
      expect(one?.secret === other?.secret).toBe(Buffer.compare(a, b) === 0);
    }),
    { examples: [[new Uint8Array(32).fill(255), new Uint8Array(32)]] },
  );
});

test("a single mistyped character is noticed", () => {
  const token = formatToken(keyId, random);
  fc.assert(
    fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom("0", "a", "Z", "_"), (at, character) => {
      fc.pre(token[at] !== character);
      expect(parseToken(`${token.slice(0, at)}${character}${token.slice(at + 1)}`)).toBeUndefined();
    }),
  );
});

test.each(["", "assay_", "Bearer x", "assay_x_y_z"])("%j is no token", (text) => {
  expect(parseToken(text)).toBeUndefined();
});

test("no token is made of another id or of fewer random bytes", () => {
  expect(refusalOf(() => formatToken("user_1", random))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => formatToken(keyId, random.subarray(1)))).toBe("CORE_LENGTH_MISMATCH");
});
