import type { WeightRow } from "@assay/chain";
import { PPB } from "@assay/core";
import { ValidatorError } from "../errors.ts";
import { findNote, writeNote } from "../store/notes.ts";
import type { WeightsContext } from "./context.ts";
import { type Hold, holdOf } from "./hold.ts";
import type { Prepared } from "./prepare.ts";

/** Share that moves from one row to the other, ppb: half of what all entries differ by. */
export function movedShare(from: WeightRow, to: WeightRow): number {
  const shares = [from, to].map(sharesOf);
  const uids = new Set(shares.flatMap((share) => [...share.keys()]));
  const differences = [...uids].map((uid) =>
    Math.abs((shares[0]?.get(uid) ?? 0) - (shares[1]?.get(uid) ?? 0)),
  );
  return Math.round((differences.reduce((sum, one) => sum + one, 0) / 2) * PPB);
}

function sharesOf(row: WeightRow): Map<number, number> {
  const total = row.reduce((sum, [, weight]) => sum + weight, 0);
  return new Map(row.map(([uid, weight]) => [uid, total === 0 ? 0 : weight / total]));
}

/** Holds a row that moves more than the operator allows in one epoch, until it is resumed or another vector comes. */
export function tooLargeChange(
  context: WeightsContext,
  { body, request, previousRow }: Prepared,
): Hold | undefined {
  const { maxChangePpb, store } = context;
  if (maxChangePpb === null || previousRow === null || previousRow.length === 0) return undefined;
  const changePpb = movedShare(previousRow, request.row);
  const { vectorHash, version } = body;
  if (changePpb <= maxChangePpb || findNote(store.db, "allowedChange")?.vectorHash === vectorHash)
    return undefined;
  if (findNote(store.db, "heldChange")?.vectorHash !== vectorHash)
    writeNote(store.db, "heldChange", { vectorHash, changePpb });
  const facts = { code: "VALIDATOR_CHANGE_TOO_LARGE", version, changePpb, allowedPpb: maxChangePpb } as const;
  const [moves, allowed] = [changePpb, maxChangePpb].map((share) => `${share / (PPB / 100)} %`);
  const message = `Snapshot ${version} moves ${moves} of the weight on chain; ASSAY_MAX_CHANGE allows ${allowed}. Look at it, then run \`resume\` to let it through.`;
  return holdOf(new ValidatorError(facts, message));
}
