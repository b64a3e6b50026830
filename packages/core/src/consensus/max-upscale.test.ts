import fc from "fast-check";
import { expect, test } from "vitest";
import { isMaxLimited, maxUpscale, maxUpscaleU16 } from "./max-upscale.ts";
import { fixed, functionVectors, type Whole } from "./test/chain-vectors.ts";

test.each(functionVectors<{ input: number[]; expected: number[] }>("vec_u16_max_upscale_to_u16"))(
  "the chain stores $input as $expected",
  ({ input, expected }) => {
    expect(maxUpscaleU16(input)).toEqual(expected);
  },
);

test.each(functionVectors<{ input: Whole[]; expected: number[] }>("vec_max_upscale_to_u16"))(
  "the chain scales bits $input to $expected",
  ({ input, expected }) => {
    expect(maxUpscale(fixed(input))).toEqual(expected);
  },
);

type Limited = { input: number[]; max_limit: number; expected: boolean };
test.each(functionVectors<Limited>("check_vec_max_limited"))(
  "$input within $max_limit is $expected",
  ({ input, max_limit, expected }) => {
    expect(isMaxLimited(input, max_limit)).toBe(expected);
  },
);

test("what has its maximum at 65535 is stored as it is, so storing twice changes nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 65_535 }), { maxLength: 30 }), (values) => {
      const once = maxUpscaleU16(values);
      expect(maxUpscaleU16(once)).toEqual(once);
      expect(maxUpscaleU16([...values, 65_535])).toEqual([...values, 65_535]);
    }),
  );
});
