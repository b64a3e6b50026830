import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { clientAddress } from "./client-address.ts";

const from = (remoteAddress: string, forwarded?: string) => ({
  headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
  socket: { remoteAddress } as Socket,
});

test.each([
  ["10.0.0.1", "10.0.0.1"],
  ["::ffff:10.0.0.1", "10.0.0.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:1:2:ffff::", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["unix", "unix"],
])("%s is counted as %s", (address, counted) => {
  expect(clientAddress(from(address), 0)).toBe(counted);
});

test("a trusted proxy's word is normalised like an own address", () => {
  expect(clientAddress(from("10.0.0.1", "invented, 2001:db8::7"), 1)).toBe("2001:db8:0:0::/64");
  expect(clientAddress(from("10.0.0.1", ", "), 1)).toBe("10.0.0.1");
});
