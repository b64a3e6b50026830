import { isTrackedEnvelope, type TrackedEnvelope, tracked } from "@trpc/server";
import { z } from "zod";

/** Output of a subscription: every tracked value is checked against `item` before it leaves. */
export function trackedOutput<Item extends z.ZodType>(item: Item) {
  return z
    .custom<AsyncIterable<TrackedEnvelope<z.input<Item>>>>(isAsyncIterable, "expected an async iterable")
    .transform((values) => checked(values, item));
}

async function* checked<Item extends z.ZodType>(
  values: AsyncIterable<TrackedEnvelope<z.input<Item>>>,
  item: Item,
): AsyncGenerator<TrackedEnvelope<z.output<Item>>, void, unknown> {
  for await (const value of values) {
    if (!isTrackedEnvelope(value)) throw new TypeError("a subscription yielded an untracked value");
    yield tracked(value[0], item.parse(value[1]));
  }
}

function isAsyncIterable(value: unknown): boolean {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
