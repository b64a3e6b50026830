import { expect, test } from "vitest";
import { OneSender } from "./one-sender.ts";

test("a hotkey waits for its first extrinsic, others do not", async () => {
  const sender = new OneSender();
  const first = Promise.withResolvers<string>();
  const running = sender.run({ hotkey: "a", hash: "0x1" }, () => first.promise);
  await expect(sender.run({ hotkey: "a", hash: "0x2" }, async () => "second")).rejects.toMatchObject({
    code: "CHAIN_SENDER_BUSY",
    facts: { hotkey: "a", hash: "0x1" },
  });
  await expect(sender.run({ hotkey: "b", hash: "0x3" }, async () => "other")).resolves.toBe("other");
  first.resolve("first");
  await expect(running).resolves.toBe("first");
  await expect(sender.run({ hotkey: "a", hash: "0x2" }, async () => "second")).resolves.toBe("second");
});

test("a failure frees the hotkey", async () => {
  const sender = new OneSender();
  const failing = sender.run({ hotkey: "a", hash: "0x1" }, () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  await expect(sender.run({ hotkey: "a", hash: "0x2" }, async () => 1)).resolves.toBe(1);
});
