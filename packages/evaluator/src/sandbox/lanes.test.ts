import { expect, test } from "vitest";
import { AGENT_ABI } from "../agent-abi.ts";
import { acting, hostile } from "../test/agents.ts";
import { agent, f64, loadF64, storeF64 } from "../test/wasm.ts";
import { type AgentSetup, LaneError, Lanes } from "./lanes.ts";

const { observationOffset, actionOffset, ownOffset } = AGENT_ABI;
const setup: AgentSetup = {
  initialPages: 1,
  maximumPages: AGENT_ABI.maxPages,
  observationLength: 2,
  actionLength: 2,
  observationOffset,
  actionOffset,
};

const OPEN = 1;
const GO_ON = 0;
const F64_ADD = 0xa0;

/** Adds up the first number of everything it observed, and answers that and the second number. */
const summing = agent({
  act: [
    ...storeF64(ownOffset, [...loadF64(ownOffset), ...loadF64(observationOffset), F64_ADD]),
    ...acting(loadF64(ownOffset), loadF64(observationOffset + 8)),
  ],
});

function failureOf(run: () => unknown): LaneError["failure"] {
  try {
    run();
  } catch (error) {
    if (error instanceof LaneError) return error.failure;
    throw error;
  }
  throw new Error("did not fail");
}

test("an agent reads its observation and its action is read back", () => {
  const lanes = new Lanes(summing, setup);
  expect([...lanes.turn(Float64Array.of(0, OPEN, 2.5, -7))]).toEqual([2.5, -7]);
});

test("episodes side by side share nothing, and a new one in a lane starts afresh", () => {
  const lanes = new Lanes(summing, setup);
  lanes.turn(Float64Array.of(0, OPEN, 1, 0, 1, OPEN, 10, 0));
  expect([...lanes.turn(Float64Array.of(0, GO_ON, 2, 0, 1, GO_ON, 20, 0))]).toEqual([3, 0, 30, 0]);
  expect([...lanes.turn(Float64Array.of(0, OPEN, 5, 0, 1, GO_ON, 30, 0))]).toEqual([5, 0, 60, 0]);
});

test("an agent that falls silent does not repeat its last action", () => {
  const onlyInReset = agent({ reset: acting(f64(1), f64(1)) });
  const actions = new Lanes(onlyInReset, setup).turn(Float64Array.of(0, OPEN, 0, 0));
  expect([...actions]).toEqual([Number.NaN, Number.NaN]);
});

test("reset runs before the first act of an episode, once", () => {
  const counting = agent({
    reset: storeF64(ownOffset, [...loadF64(ownOffset), ...f64(1), F64_ADD]),
    act: acting(loadF64(ownOffset), f64(0)),
  });
  const lanes = new Lanes(counting, setup);
  expect([...lanes.turn(Float64Array.of(0, OPEN, 0, 0))]).toEqual([1, 0]);
  expect([...lanes.turn(Float64Array.of(0, GO_ON, 0, 0))]).toEqual([1, 0]);
  expect([...lanes.turn(Float64Array.of(0, OPEN, 0, 0))]).toEqual([1, 0]);
});

test("an agent may grow its memory up to the maximum", () => {
  const GROW = [0x41, 63, 0x40, 0, 0x1a];
  const grown = agent({ act: [...GROW, ...acting(loadF64(observationOffset), f64(0))] });
  expect([...new Lanes(grown, setup).turn(Float64Array.of(0, OPEN, 4, 0))]).toEqual([4, 0]);
});

test("a trap after growing to the maximum is named out of memory, any other a trap", () => {
  const turn = (bytes: Uint8Array) => () => new Lanes(bytes, setup).turn(Float64Array.of(0, OPEN, 0, 0));
  expect(failureOf(turn(hostile["grows and touches memory without end"].bytes))).toEqual({
    code: "EVALUATOR_AGENT_OUT_OF_MEMORY",
    detail: "unreachable, after growing to all 64 pages",
  });
  expect(failureOf(turn(hostile.traps.bytes))).toEqual({
    code: "EVALUATOR_AGENT_TRAP",
    detail: "unreachable",
  });
});

test("a module the engine refuses is refused", () => {
  expect(failureOf(() => new Lanes(agent({ act: [0x6a] }), setup)).code).toBe("EVALUATOR_AGENT_REFUSED");
});

test("a lane that was never opened is the caller's mistake, not the agent's", () => {
  expect(() => new Lanes(summing, setup).turn(Float64Array.of(3, GO_ON, 0, 0))).toThrow(
    "lane 3 was never opened",
  );
});
