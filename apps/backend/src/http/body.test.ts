import { expect, test } from "vitest";
import { readBody } from "./body.ts";

/** A request whose body comes in pieces and then ends, or fails. */
function requestOf(
  pieces: readonly string[],
  { failure, headers = {} }: { failure?: Error; headers?: object } = {},
) {
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift();
      if (piece !== undefined) return controller.enqueue(new TextEncoder().encode(piece));
      return failure === undefined ? controller.close() : controller.error(failure);
    },
  });
  return new Request("http://test/", { method: "POST", body, duplex: "half", headers: { ...headers } });
}

test("a body is read whole, up to its limit", async () => {
  expect(Buffer.from(await readBody(requestOf(["hel", "lo"]), 5)).toString()).toBe("hello");
});

test("one byte more is refused, whatever the length header says", async () => {
  const tooLarge = { code: "API_BODY_TOO_LARGE", facts: { limitBytes: 5 } };
  await expect(readBody(requestOf(["hel", "lo!"]), 5)).rejects.toMatchObject(tooLarge);
  await expect(readBody(requestOf([], { headers: { "content-length": "6" } }), 5)).rejects.toMatchObject(
    tooLarge,
  );
});

test("a body that breaks off is its sender's fault, not a failure of the backend", async () => {
  const cut = requestOf(["hel"], { failure: new Error("aborted") });
  await expect(readBody(cut, 5)).rejects.toMatchObject({ code: "API_MALFORMED_REQUEST" });
});
