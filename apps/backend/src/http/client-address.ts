import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";

/** What an address is read from. */
export type Dialled = Pick<IncomingMessage, "headers" | "socket">;

/**
 * Who made a request, as far as its address tells: behind trusted proxies, each of which adds one address to the right
 * of `X-Forwarded-For`, what they wrote; whatever stands further left is the caller's invention.
 */
export function clientAddress({ headers, socket }: Dialled, proxyHops: number): string {
  const own = socket.remoteAddress ?? "unknown";
  if (proxyHops === 0) return networkOf(own);
  const forwarded = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  return networkOf(forwarded.at(-proxyHops)?.trim() || own);
}

/** One customer has a whole /64 of IPv6 addresses, so that the network counts and not the address. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  return `${groupsOf(address).slice(0, 4).join(":")}::/64`;
}

function groupsOf(address: string): string[] {
  const [before = "", after] = address.replace(/%.*$/s, "").split("::");
  const [left, right] = [before, after ?? ""].map((side) => side.split(":").filter((group) => group !== ""));
  const missing = after === undefined ? 0 : 8 - (left?.length ?? 0) - (right?.length ?? 0);
  const groups = [...(left ?? []), ...Array.from({ length: missing }, () => "0"), ...(right ?? [])];
  return groups.map((group) => Number.parseInt(group, 16).toString(16));
}
