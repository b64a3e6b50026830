import type { SparseRow } from "../consensus/types.ts";
import { admissionOf } from "./admission.ts";
import { chainOf, type SimulatedChain } from "./chain.ts";
import { checkSimulation } from "./check.ts";
import { type Decisions, decisionsOf } from "./decisions.ts";
import { diceOf } from "./dice.ts";
import { marketOf } from "./market.ts";
import type { SimulationResult } from "./result.ts";
import { rowOf } from "./row.ts";
import { tallyOf } from "./tally.ts";
import type { Shares, SimulationConfig, ValidatorAgent } from "./types.ts";
import { firstMinerUid } from "./uids.ts";

/**
 * A subnet through many epochs: miners submit, validators measure and report, the mechanism decides, validators set
 * weights, consensus pays; what strategies make of that, in numbers.
 *
 * One epoch: every miner produces its artefact, admission refuses copied bytes and second miners of a coldkey, every
 * validator reports scores, the mechanism turns them into shares, every validator sends a row (or none), rows take
 * effect now or `revealEpochs` later, and the chain's epoch (the exact kernel) pays. What a strategy sees of the chain is
 * what the epoch before published.
 *
 * Pure: equal configurations give equal results on every machine; strategies and mechanisms start anew in each run. The
 * uids are the owner, then the validators, then the miners.
 *
 * @param config hotkeys unique; at least one validator and one miner; stakes in rao, whole.
 * @returns emissions and dividends of everybody and who led; rates are per epoch.
 * @throws CoreError CORE_OUT_OF_RANGE, CORE_EMPTY, CORE_DUPLICATE, and whatever the chain's epoch refuses.
 */
export function simulate(config: SimulationConfig): SimulationResult {
  checkSimulation(config);
  const [market, admit, decide] = [marketOf(config), admissionOf(config), decisionsOf(config)];
  const [chain, tally, agents] = [chainOf(config), tallyOf(config), agentsOf(config)];
  const published: (readonly number[])[] = [];
  for (let epoch = 0; epoch < config.epochs; epoch += 1) {
    const artefacts = market(epoch);
    const qualities = admit(artefacts);
    const block = chain.runBlock(epoch);
    const round = { epoch, block, qualities, published: (ago: number) => published[epoch - ago] ?? null };
    const decisions = decide(
      agents.map((agent) => agent.report(round)),
      round,
    );
    const rows = rowSetter(chain, firstMinerUid(config));
    const output = chain.advance(agents.map((agent, k) => rows(k, agent.weigh(round, decisions[k] ?? null))));
    published.push(output.consensus.slice(firstMinerUid(config)));
    tally.add({ output, artefacts, qualities, decided: ofBackend(config, decisions) });
  }
  return tally.result();
}

function agentsOf({ seed, validators, miners }: SimulationConfig): ValidatorAgent[] {
  return validators.map(({ hotkey, strategy }) =>
    strategy.start({ hotkey, dice: diceOf(seed, `validator ${hotkey}`), miners }),
  );
}

function ofBackend({ mechanism }: SimulationConfig, decisions: Decisions): Shares | null | undefined {
  return mechanism.decidedBy === "backend" ? (decisions[0] ?? null) : undefined;
}

/** From shares to rows; validators that set the same shares over the same row share the new one. */
function rowSetter(
  chain: SimulatedChain,
  first: number,
): (validator: number, shares: Shares | null) => SparseRow | null {
  const made = new Map<Shares, { previous: SparseRow; row: SparseRow }>();
  return (validator, shares) => {
    if (shares === null) return null;
    const previous = chain.lastSent(validator);
    const known = made.get(shares);
    if (known?.previous === previous) return known.row;
    const row = rowOf(shares, { first, previous });
    made.set(shares, { previous, row });
    return row;
  };
}
