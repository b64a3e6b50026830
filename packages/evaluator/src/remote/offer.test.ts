import { pino } from "pino";
import { afterAll, expect, test } from "vitest";
import { standInEngine } from "../test/stand-in.ts";
import { LOG } from "./log.ts";
import { offersContainers } from "./offer.ts";

const engine = standInEngine();
afterAll(() => engine.close());

/** What is said about an offer, and the offer. */
async function offer(setup: typeof engine.setup | undefined) {
  const lines: { msg: string; code?: string; broken?: { name: string }[] }[] = [];
  const log = pino({ level: "info" }, { write: (text: string) => lines.push(JSON.parse(text)) });
  return { isOffered: await offersContainers(setup, log), lines };
}

test("a host that was not told how to run containers offers none, and says nothing", async () => {
  expect(await offer(undefined)).toEqual({ isOffered: false, lines: [] });
});

test("an engine that does not work is no offer", async () => {
  engine.mark("down");
  const { isOffered, lines } = await offer(engine.setup);
  engine.unmark("down");
  expect(isOffered).toBe(false);
  expect(lines).toMatchObject([{ msg: LOG.containersUnconfined, code: "EVALUATOR_CONTAINER_ENGINE_FAILED" }]);
}, 60_000);

test.runIf(process.arch === "x64" && process.platform === "linux")(
  "an engine that does not confine is no offer, and each thing is named",
  async () => {
    const { isOffered, lines } = await offer(engine.setup);
    expect(isOffered).toBe(false);
    expect(lines[0]?.broken?.map(({ name }) => name)).toContain("user");
  },
  60_000,
);
