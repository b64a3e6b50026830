import { createHash } from "node:crypto";
import { createEvaluator, inspectAgent, invertedPendulum, referenceAgents } from "@assay/evaluator";
import { afterAll, expect, test, vi } from "vitest";
import { AGENT_KINDS, type AgentKind, buildAgent, WAYPOINT_AGENT_KINDS } from "./build-agent.ts";

vi.setConfig({ testTimeout: 60_000 });

const evaluator = createEvaluator();
const pendulum = createEvaluator({ task: invertedPendulum() });
afterAll(() => Promise.all([evaluator.close(), pendulum.close()]));

const seeds = Array.from({ length: 200 }, (_, i) => createHash("sha256").update(`miner ${i}`).digest("hex"));

type Figures = { successRate: number; meanReward: number };

async function figures(kind: AgentKind, by = evaluator): Promise<Figures> {
  const evaluation = await by.evaluate({ artefact: buildAgent(kind), seeds });
  const episodes = evaluation.ok ? evaluation.episodes : [];
  const successes = episodes.filter(({ success }) => success).length;
  const reward = episodes.reduce((sum, episode) => sum + episode.reward, 0);
  return { successRate: successes / seeds.length, meanReward: reward / seeds.length };
}

test.each([
  ["random", 0, 0.02],
  ["greedy", 0.03, 0.15],
  ["hasty", 0.55, 0.75],
  ["careful", 0.9, 0.99],
] as const)("a %s agent succeeds in %d to %d of its episodes", async (kind, least, most) => {
  const { successRate } = await figures(kind);
  expect(successRate).toBeGreaterThanOrEqual(least);
  expect(successRate).toBeLessThanOrEqual(most);
});

test("more skill earns more, by far more than luck explains", async () => {
  const [random, greedy, hasty, careful] = await Promise.all(
    WAYPOINT_AGENT_KINDS.map((kind) => figures(kind)),
  );
  expect(greedy!.meanReward - random!.meanReward).toBeGreaterThan(0.05);
  expect(hasty!.successRate - greedy!.successRate).toBeGreaterThan(0.3);
  expect(careful!.successRate - hasty!.successRate).toBeGreaterThan(0.15);
});

test.each([
  ["random", 0, 0.01, 0.1],
  ["leaning", 0.1, 0.4, 0.7],
  ["balancing", 0.85, 1, 1],
] as const)(
  "a %s agent balances a pendulum in %d to %d of its episodes",
  async (kind, least, most, reward) => {
    const { successRate, meanReward } = await figures(kind, pendulum);
    expect(successRate).toBeGreaterThanOrEqual(least);
    expect(successRate).toBeLessThanOrEqual(most);
    expect(meanReward).toBeLessThan(reward);
  },
);

test("the same kind is always the same bytes, small and accepted", () => {
  for (const kind of AGENT_KINDS) {
    const bytes = buildAgent(kind);
    expect(buildAgent(kind)).toEqual(bytes);
    expect(bytes.length).toBeLessThan(1_000);
    expect(inspectAgent(bytes)).toEqual({ initialPages: 1, maximumPages: 64 });
  }
  expect(new Set(AGENT_KINDS.map((kind) => buildAgent(kind).join())).size).toBe(AGENT_KINDS.length);
});

test("the evaluator's reference agents are sample agents", () => {
  const kinds = referenceAgents.map(({ name }) => AGENT_KINDS.find((kind) => kind === name));
  expect(kinds).toEqual(["greedy", "careful", "leaning", "balancing"]);
  for (const [i, { wasm }] of referenceAgents.entries())
    expect(Buffer.from(wasm, "base64")).toEqual(Buffer.from(buildAgent(kinds[i]!)));
});
