import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { clientAddress, type Dialled } from "./client-address.ts";

/** Requests each address has made of this replica in the last minute. */
export type RequestLimit = {
  /** Counts a request before anything is read or verified; answers with the seconds to wait, 0 if it may pass. */
  take(request: Dialled): Promise<number>;
  /** Who counts as one caller. */
  addressOf(request: Dialled): string;
};

export type RequestLimitOptions = {
  /** Most requests of one address in a minute; of IPv6 addresses, of one network. */
  readonly perMinute: number;
  /** Trusted proxies in front. */
  readonly proxyHops: number;
};

/** A limit of this replica alone: n replicas let n times as many pass, which is still a limit. */
export function createRequestLimit({ perMinute, proxyHops }: RequestLimitOptions): RequestLimit {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  const addressOf = (request: Dialled) => clientAddress(request, proxyHops);
  return {
    addressOf,
    async take(request) {
      try {
        await limiter.consume(addressOf(request));
        return 0;
      } catch (spent) {
        if (spent instanceof RateLimiterRes) return Math.max(1, Math.ceil(spent.msBeforeNext / 1000));
        throw spent;
      }
    },
  };
}
