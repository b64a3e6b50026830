import fc from "fast-check";
import { expect, test } from "vitest";
import { Endpoints } from "./endpoints.ts";

test("the first endpoint is preferred, and left when it fails", () => {
  const endpoints = new Endpoints(["a", "b", "c"]);
  expect([endpoints.choose(), endpoints.other()]).toEqual(["a", "b"]);
  endpoints.failed();
  expect([endpoints.choose(), endpoints.other()]).toEqual(["b", "c"]);
  expect(endpoints.scores).toEqual({ a: 8, b: 10, c: 10 });
});

test("a sign of life is worth one point, a fault costs two, between 0 and 10", () => {
  const endpoints = new Endpoints(["a"]);
  endpoints.succeeded();
  expect(endpoints.scores).toEqual({ a: 10 });
  for (let i = 0; i < 7; i++) endpoints.failed();
  expect(endpoints.scores).toEqual({ a: 0 });
  endpoints.succeeded();
  expect(endpoints.scores).toEqual({ a: 1 });
});

test("when all are down each is tried in turn", () => {
  const endpoints = new Endpoints(["a", "b", "c"]);
  for (let i = 0; i < 20; i++) {
    endpoints.choose();
    endpoints.failed();
  }
  const next = Array.from({ length: 6 }, () => {
    const url = endpoints.choose();
    endpoints.failed();
    return url;
  });
  expect(next).toHaveLength(6);
  expect(next.slice(0, 3).toSorted()).toEqual(["a", "b", "c"]);
  expect(next.slice(3)).toEqual(next.slice(0, 3));
});

test("one that only fails is never preferred to one that only serves", () => {
  const urls = ["bad", "good"] as const;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.boolean(), (rounds, badFirst) => {
      const endpoints = new Endpoints(badFirst ? urls : ["good", "bad"]);
      for (let i = 0; i < rounds; i++) {
        if (endpoints.choose() === "bad") endpoints.failed();
        else endpoints.succeeded();
      }
      expect(endpoints.choose()).toBe("good");
    }),
  );
});

test("a fault of an endpoint that is not in use counts for it alone", () => {
  const endpoints = new Endpoints(["a", "b"]);
  endpoints.failed("b");
  endpoints.failed("unknown");
  expect(endpoints.scores).toEqual({ a: 10, b: 8 });
  expect(new Endpoints(["a"]).other()).toBeUndefined();
});
