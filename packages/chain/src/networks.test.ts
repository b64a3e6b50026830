import { expect, test } from "vitest";
import { endpointOf, NETWORKS } from "./networks.ts";

test("a name stands for its endpoint, an address for itself, anything else for nothing", () => {
  expect(endpointOf("finney")).toBe(NETWORKS["finney"]);
  expect(endpointOf("ws://10.0.0.1:9944")).toBe("ws://10.0.0.1:9944");
  for (const name of ["mainnet", "", "ws://", "toString"]) expect(endpointOf(name)).toBeUndefined();
});

test("every endpoint is an address, sealed except on this machine", () => {
  for (const [name, url] of Object.entries(NETWORKS))
    expect(new URL(url).protocol).toBe(name === "local" ? "ws:" : "wss:");
});
