import { expect, test } from "vitest";
import { killEverywhere } from "./kill-points.ts";

/** An epoch's sending has many more steps than that: reads, journal writes before and after, signing, sending. */
const FEWEST_STEPS = 60;

test.each([
  { isSealed: false, stride: 1, validators: 12 },
  { isSealed: true, stride: 3, validators: 12 },
])(
  "a death at any step leaves one effective extrinsic and the right vector: %o",
  { timeout: 600_000 },
  async (campaign) => {
    const { deaths, missed, epochs } = await killEverywhere(campaign);
    expect(deaths).toEqual(deaths.map((_, index) => 1 + index * campaign.stride));
    expect(missed).toEqual([]);
    expect(deaths.length).toBeGreaterThan(FEWEST_STEPS / campaign.stride);
    for (const all of epochs.values()) expect(new Set(all).size).toBe(all.length);
  },
);
