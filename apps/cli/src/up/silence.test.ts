import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { silence } from "./silence.ts";

test("what came while the process had no time is heard before it counts as silent", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const connected = once(server, "connection");
  const far = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [near] = (await connected) as [Socket];
  let heard = 0;
  near.on("data", ({ length }) => {
    heard += length;
  });
  await once(far, "ready");
  const silent = silence(() => heard, 50);
  far.write("late");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  await silent;
  expect(heard).toBe(4);
  far.destroy();
  server.close();
});

test("who says nothing is silent", async () => {
  await silence(() => 7, 1);
});
