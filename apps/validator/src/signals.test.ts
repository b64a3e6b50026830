import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { LOG } from "./log-messages.ts";

test("the first signal asks for the end, the second forces it", async () => {
  const script = new URL("./testing/two-signals.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script]);
  const ended = once(child, "close");
  await once(createInterface(child.stdout), "line");
  const log = createInterface(child.stderr);
  child.kill("SIGINT");
  const [line] = await once(log, "line");
  expect(JSON.parse(String(line))).toMatchObject({ msg: LOG.stopping, cause: "SIGINT" });
  child.kill("SIGTERM");
  expect((await ended)[0]).toBe(130);
}, 120_000);
