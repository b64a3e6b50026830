import { CoreError } from "../../errors.ts";
import type { TournamentParameters } from "../../schema/mechanism-parameters.ts";
import { PPB } from "../../schema/primitives.ts";
import type { WeightVector } from "../../schema/snapshot.ts";
import { vectorOf } from "../../weights/vector-of.ts";
import type { OwedPlace, PaidTournament } from "./owed.ts";
import { tournamentPeriod } from "./periods.ts";
import { assertApart } from "./plans.ts";
import { prizesOf } from "./prizes.ts";

/** A tournament as a vector needs it. */
export type RewardedTournament = PaidTournament & {
  /** Hotkey that leads a running evaluation, approved or not; null if nobody does or nobody is to know. */
  readonly previewLeader: string | null;
};

/** Everything the vector of a tournament instance depends on. */
export type TournamentVectorInput = {
  /** Effect block: the epoch that reads the weights runs at it. */
  readonly block: number;
  readonly parameters: Pick<TournamentParameters, "prizes" | "leaderPreview">;
  /** All tournaments of the instance, ids unique, any order. */
  readonly tournaments: readonly RewardedTournament[];
  /** What is paid if nobody is in reward, see `payableOwed`; empty without that option. */
  readonly owed: readonly OwedPlace[];
};

/**
 * The vector of a tournament instance: in reward everything to the approved winner, otherwise everything burns.
 *
 * The tournament in reward at the effect block pays its places by their prizes (all to the first, or 7:2:1). A place that waits
 * for a decision burns; places there are no candidates for leave their part to the others. With nobody in reward the
 * owed places are paid, each its own part, and the rest burns. Each running evaluation shows its leader with
 * `leaderPreview`, taken from the whole before; a hotkey paid twice is paid both.
 *
 * A winner stays in the vector whether it is registered or not: it keeps its claim by hotkey, and while it has no uid its
 * share burns when the row is made (`resolveRow`).
 *
 * @throws CoreError CORE_OUT_OF_RANGE (block, periods, more previews than a whole), CORE_PERIODS_OVERLAP.
 * @see Nepher SN49, emission distribution.
 */
export function tournamentVector(input: TournamentVectorInput): WeightVector {
  const { block, tournaments } = input;
  assertApart(tournaments);
  const inReward = tournaments.find(({ periods }) => tournamentPeriod(block, periods) === "reward");
  const prizes = inReward === undefined ? owedPrizes(input) : placePrizes(inReward, input);
  const previews = previewsOf(input);
  const rest = BigInt(PPB) - previews.reduce((sum, { share }) => sum + share, 0n);
  if (rest < 0n) throw tooManyPreviews(previews.length);
  const amounts = new Map<string, bigint>();
  const add = (hotkey: string, amount: bigint) => amounts.set(hotkey, (amounts.get(hotkey) ?? 0n) + amount);
  for (const { hotkey, part } of prizes.parts) add(hotkey, part * rest);
  for (const { hotkey, share } of previews) add(hotkey, share * prizes.total);
  const paid = [...amounts.values()].reduce((sum, amount) => sum + amount, 0n);
  return vectorOf({ policy: "winner", amounts: [...amounts], burn: prizes.total * BigInt(PPB) - paid });
}

/** Parts of a total; what nobody has a part of burns. */
type Prizes = { readonly total: bigint; readonly parts: readonly { hotkey: string; part: bigint }[] };

function placePrizes({ places }: PaidTournament, { parameters }: TournamentVectorInput): Prizes {
  const prizes = prizesOf(parameters).slice(0, places.length);
  const parts = prizes.flatMap((part, index) => {
    const hotkey = places[index]?.hotkey;
    return hotkey === undefined ? [] : [{ hotkey, part }];
  });
  return { total: totalOf(prizes), parts };
}

function owedPrizes({ owed, tournaments, parameters }: TournamentVectorInput): Prizes {
  const tournament = tournaments.find(({ id }) => id === owed[0]?.tournamentId);
  const prizes = prizesOf(parameters).slice(0, tournament?.places.length ?? 0);
  const parts = owed.flatMap(({ hotkey, place, tournamentId }) => {
    const part = tournamentId === tournament?.id ? prizes[place] : undefined;
    return part === undefined ? [] : [{ hotkey, part }];
  });
  return { total: totalOf(prizes), parts };
}

/** Σ of the prizes; 1 if there are none, so that a whole is left to burn. */
function totalOf(prizes: readonly bigint[]): bigint {
  return prizes.length === 0 ? 1n : prizes.reduce((sum, prize) => sum + prize, 0n);
}

function previewsOf({
  block,
  tournaments,
  parameters,
}: TournamentVectorInput): { hotkey: string; share: bigint }[] {
  return tournaments
    .filter(({ periods }) => tournamentPeriod(block, periods) === "evaluation")
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ previewLeader: hotkey }) =>
      hotkey === null ? [] : [{ hotkey, share: BigInt(parameters.leaderPreview) }],
    );
}

function tooManyPreviews(count: number): CoreError {
  const facts = { name: "leader previews", value: String(count), range: "together at most one whole" };
  return new CoreError({ code: "CORE_OUT_OF_RANGE", ...facts });
}
