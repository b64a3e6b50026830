import { ApiError } from "@assay/api";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** Signed requests each hotkey has made of this replica in the last minute, from however many addresses. */
export type HotkeyLimit = {
  /** Throws API_RATE_LIMITED if the hotkey has none left; counts nothing. */
  assertRoom(hotkey: string): Promise<void>;
  /** Counts one; throws API_RATE_LIMITED if there was none left. */
  take(hotkey: string): Promise<void>;
};

/**
 * A limit of this replica alone. It is looked at before a body is read, and counts only what turned out to be new, so that
 * nobody can use up another's by sending its requests again.
 */
export function createHotkeyLimit({ perMinute }: { perMinute: number }): HotkeyLimit {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return {
    async assertRoom(hotkey) {
      const spent = await limiter.get(hotkey);
      if (spent !== null && spent.consumedPoints >= perMinute) throw tooMany(hotkey, spent);
    },
    async take(hotkey) {
      try {
        await limiter.consume(hotkey);
      } catch (spent) {
        throw spent instanceof RateLimiterRes ? tooMany(hotkey, spent) : spent;
      }
    },
  };
}

function tooMany(hotkey: string, { msBeforeNext }: RateLimiterRes): ApiError {
  const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  const message = `Too many signed requests of ${hotkey}; there is room again in ${retryAfterSeconds} s.`;
  return new ApiError({ code: "API_RATE_LIMITED", retryAfterSeconds }, message);
}
