import { expect, test } from "vitest";
import { buildAgent } from "./agents/build-agent.ts";
import { loadArtefact } from "./artefact.ts";

const here = new URL("./artefact.test.ts", import.meta.url).pathname;

test("a sample agent is built", async () => {
  expect(await loadArtefact({ agent: "greedy", file: null })).toEqual(buildAgent("greedy"));
});

test("a file that is no agent is refused before anything is sent", async () => {
  await expect(loadArtefact({ agent: null, file: here })).rejects.toMatchObject({
    code: "EVALUATOR_AGENT_REFUSED",
  });
  await expect(loadArtefact({ agent: null, file: "/none" })).rejects.toMatchObject({
    code: "MINER_FILE_UNREADABLE",
  });
});
