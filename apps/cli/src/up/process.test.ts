import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type LogLine, startProcess } from "./process.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-process-"));
let count = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(text: string) {
  count += 1;
  const entry = join(folder, `${count}.mjs`);
  writeFileSync(entry, text);
  return { name: "child", entry, logFile: join(folder, `${count}.log`), readyMs: 60_000 };
}

const READY = 'console.log(JSON.stringify({ ready: true, url: "here" })); setInterval(() => {}, 1000);';

test("is ready with the line the process printed, and stops on request", async () => {
  const running = await startProcess(program(READY));
  expect(running.ready).toEqual({ ready: true, url: "here" });
  await running.stop();
  expect(await running.ended).toBeNull();
});

test("hands on log lines and keeps them in a file", async () => {
  const lines: LogLine[] = [];
  const spec = program(
    `console.error(JSON.stringify({ msg: "hello", block: 3 })); console.error("noise"); ${READY}`,
  );
  const running = await startProcess({ ...spec, onLog: (line) => void lines.push(line) });
  await running.stop();
  expect(lines).toEqual([{ msg: "hello", block: 3 }]);
  expect(readFileSync(spec.logFile, "utf8")).toContain("noise");
});

test("a process that ends before it is ready is named with its exit code", async () => {
  const start = startProcess(program("process.exit(78);"));
  await expect(start).rejects.toMatchObject({
    code: "CLI_PROCESS_ENDED",
    facts: { process: "child", exitCode: 78 },
  });
});

test("what it said last is the reason a person reads", async () => {
  const logged = JSON.stringify({ err: { message: "listen EADDRINUSE: 127.0.0.1:3000" }, msg: "failed" });
  const start = startProcess(program(`console.error(${JSON.stringify(logged)}); process.exitCode = 1;`));
  await expect(start).rejects.toThrow(/child ended with exit code 1: listen EADDRINUSE.*--backend-port/);
});

test("a start that is called off kills the process and throws the reason", async () => {
  const ending = new AbortController();
  const spec = program("process.send({ pid: process.pid }); setInterval(() => {}, 1000);");
  const start = startProcess({ ...spec, signal: ending.signal });
  ending.abort(new Error("called off"));
  await expect(start).rejects.toThrow("called off");
  await expect(startProcess({ ...spec, signal: ending.signal })).rejects.toThrow("called off");
});

test("a process that ends by itself is reported, one that was asked to is not", async () => {
  const died = Promise.withResolvers<Error>();
  const first = await startProcess({ ...program(READY), onDeath: died.resolve });
  process.kill(first.pid, "SIGKILL");
  expect(await died.promise).toMatchObject({ code: "CLI_PROCESS_ENDED", facts: { exitCode: null } });
  const deaths: Error[] = [];
  const second = await startProcess({ ...program(READY), onDeath: (error) => void deaths.push(error) });
  await second.stop();
  expect(deaths).toEqual([]);
});

test("a process that ignores the request is forced", async () => {
  const running = await startProcess(program(`process.on("SIGTERM", () => {}); ${READY}`));
  await running.stop(50);
  expect(await running.ended).toBeNull();
});

test("sees nothing of the environment but what it is given", async () => {
  process.env["ASSAY_SECRET_OF_THE_PARENT"] = "x";
  const running = await startProcess({
    ...program("console.log(JSON.stringify(process.env)); setInterval(() => {}, 1000);"),
    env: { ASSAY_NETUID: "1" },
  });
  await running.stop();
  expect(running.ready).toMatchObject({ ASSAY_NETUID: "1" });
  expect(running.ready).not.toHaveProperty("ASSAY_SECRET_OF_THE_PARENT");
});
