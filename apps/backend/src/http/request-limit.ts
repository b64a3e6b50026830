import type { IncomingMessage } from "node:http";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** Requests each address has made of this replica in the last minute. */
export type RequestLimit = {
  /** Counts a request before anything is read or verified; answers with the seconds to wait, 0 if it may pass. */
  take(request: Pick<IncomingMessage, "headers" | "socket">): Promise<number>;
};

export type RequestLimitOptions = {
  /** Most requests of one address in a minute. */
  readonly perMinute: number;
  /** Trusted proxies in front: each adds one address to the right of `X-Forwarded-For`. */
  readonly proxyHops: number;
};

/** A limit of this replica alone: n replicas let n times as many pass, which is still a limit. */
export function createRequestLimit({ perMinute, proxyHops }: RequestLimitOptions): RequestLimit {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return {
    async take(request) {
      try {
        await limiter.consume(addressOf(request, proxyHops));
        return 0;
      } catch (spent) {
        if (spent instanceof RateLimiterRes) return Math.max(1, Math.ceil(spent.msBeforeNext / 1000));
        throw spent;
      }
    },
  };
}

/** Whatever stands further left than our own proxies have written is the caller's invention. */
function addressOf(
  { headers, socket }: Pick<IncomingMessage, "headers" | "socket">,
  proxyHops: number,
): string {
  const own = socket.remoteAddress ?? "unknown";
  if (proxyHops === 0) return own;
  const forwarded = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  return forwarded.at(-proxyHops)?.trim() || own;
}
