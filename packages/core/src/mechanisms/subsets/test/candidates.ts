import fc from "fast-check";
import { SubsetsParameters } from "../../../schema/mechanism-parameters.ts";
import type { SubsetCandidate } from "../candidate.ts";

/** An agent with the given successes of `episodes` in each environment, committed in the order of `at`. */
export function candidate(
  hotkey: string,
  at: number,
  successes: readonly number[],
  episodes = 100,
): SubsetCandidate {
  const records = successes.map((count) => ({ successes: count, episodes }));
  return { hotkey, committedAtBlock: at, sequence: 0, records };
}

/** Parameters for that many environments, without minimums unless stated. */
export function parametersFor(environments: number, changes: object = {}): SubsetsParameters {
  return SubsetsParameters.parse({
    environments: Array.from({ length: environments }, (_, e) => `e${e}`),
    minSuccessRate: 0,
    minEpisodes: 1,
    ...changes,
  });
}

/** Fields of up to six agents in one to four environments; few blocks, so that some share one. */
export const field = fc.integer({ min: 1, max: 4 }).chain((environments) => {
  const record = fc
    .integer({ min: 1, max: 120 })
    .chain((episodes) =>
      fc.record({ episodes: fc.constant(episodes), successes: fc.nat({ max: episodes }) }),
    );
  const agent = fc.record({
    committedAtBlock: fc.integer({ min: 1, max: 3 }),
    records: fc.array(record, { minLength: environments, maxLength: environments }),
  });
  return fc.array(agent, { maxLength: 6 }).map((agents) => ({
    environments,
    candidates: agents.map((one, index) => ({ ...one, hotkey: `m${index}`, sequence: index })),
  }));
});
