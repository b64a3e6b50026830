import type { Metagraph } from "@assay/chain";
import {
  type EpochTrace,
  epochTrace,
  explainMiner,
  type Fixed,
  type MinerExplanation,
  ONE,
  outOfConsensus,
  silentValidators,
} from "@assay/core";
import { type Output, shortAddress } from "../../output.ts";
import { plainTable } from "../../table.ts";
import type { SubnetState } from "./subnet-state.ts";

/** Why miners get the incentive they would get if the epoch ran now: stake, weight, clip and contribution of every validator. */
export function explainSubnet(
  { metagraph, input }: SubnetState,
  { uid, json, out }: { uid: number | undefined; json: boolean; out: Output },
): void {
  const trace = epochTrace(input);
  const uids = uid === undefined ? votedFor(trace) : [uid];
  const miners = uids.map((miner) => explainMiner(trace, miner));
  if (json) out.result(JSON.stringify(document(metagraph, { trace, miners })));
  else print(metagraph, { trace, miners, out });
}

/** Who would get anything, or is named by a validator whose stake counts. */
function votedFor(trace: EpochTrace): number[] {
  return [...trace.incentive.keys()].filter((uid) =>
    explainMiner(trace, uid).votes.some(({ weight }) => weight.bits > 0n),
  );
}

type Explained = { readonly trace: EpochTrace; readonly miners: readonly MinerExplanation[] };

function document({ netuid, mechid, at, neurons }: Metagraph, { trace, miners }: Explained): object {
  const hotkeyOf = (uid: number) => neurons[uid]?.hotkey ?? null;
  return {
    netuid,
    mechid,
    at,
    miners: miners.map(({ uid, consensus, incentive, votes }) => ({
      uid,
      hotkey: hotkeyOf(uid),
      consensus: share(consensus.bits),
      incentive: share(incentive.bits),
      stored: neurons[uid]?.incentive ?? null,
      validators: votes.map((vote) => ({
        uid: vote.validator,
        hotkey: hotkeyOf(vote.validator),
        stake: share(vote.activeStake.bits),
        weight: share(vote.weight.bits),
        clipped: share(vote.clipped.bits),
        lost: share(vote.lost),
        contribution: share(vote.contribution),
        incentive: share(vote.share),
      })),
    })),
    outOfConsensus: outOfConsensus(trace),
    silent: silentValidators(trace),
  };
}

function print(
  { netuid, mechid, at, neurons }: Metagraph,
  { trace, miners, out }: Explained & { out: Output },
): void {
  const name = (uid: number) => `${uid} ${shortAddress(neurons[uid]?.hotkey ?? "")}`;
  out.result(`subnet ${netuid}, mechanism ${mechid}: if the epoch ran at block ${at.block}`);
  for (const { uid, consensus, incentive, votes } of miners) {
    out.result(
      `miner ${name(uid)}: incentive ${percent(incentive.bits)}, consensus ${percent(consensus.bits)}`,
    );
    const rows = votes.map((vote) => [
      name(vote.validator),
      ...[vote.activeStake.bits, vote.weight.bits, vote.clipped.bits, vote.contribution, vote.share].map(
        percent,
      ),
    ]);
    out.result(plainTable(["validator", "stake", "weight", "clipped", "contribution", "incentive"], rows));
  }
  if (miners.length === 0) out.result("no weights count: nobody would get incentive");
  tell("lose weight to consensus", outOfConsensus(trace), { name, out });
  tell("have stake and no weights that count", silentValidators(trace), { name, out });
}

function tell(
  what: string,
  uids: readonly number[],
  { name, out }: { name: (uid: number) => string; out: Output },
): void {
  if (uids.length > 0) out.result(`validators that ${what}: ${uids.map(name).join(", ")}`);
}

const share = (bits: Fixed): number => Number(bits) / Number(ONE);
const percent = (bits: Fixed): string => `${(share(bits) * 100).toFixed(2)} %`;
