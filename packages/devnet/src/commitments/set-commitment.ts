import type { CommitmentField, CommitmentInfo } from "../pallets/commitments.ts";
import { type Context, deposit, ensure, type Origin, signer } from "../runtime/context.ts";
import { commitments, subtensor } from "../runtime/runtime.ts";
import { hexToBytes } from "../scale/hex.ts";
import { read, write } from "../state/access.ts";
import type { State } from "../state/overlay.ts";
import { resetBonds } from "../subtensor/reset-bonds.ts";
import { awaitReveal } from "./reveal.ts";
import { sealedFields } from "./sealed.ts";

const { storage } = commitments;
/** Even an empty commitment uses this much of an account's space. */
const MIN_SPACE = 100;

/** `set_commitment`: a registered hotkey publishes up to three fields; they replace the earlier ones. */
export function setCommitment(
  context: Context,
  origin: Origin,
  args: { readonly netuid: number; readonly info: CommitmentInfo },
): void {
  const who = signer(origin);
  const { state, block } = context;
  const { netuid, info } = args;
  const isRegistered = read(state, subtensor.storage.Uids, netuid, who) !== undefined;
  ensure(isRegistered, commitments, "AccountNotAllowedCommit");
  const isShort = info.fields.length <= commitments.constants.MaxFields.value;
  ensure(isShort, commitments, "TooManyFieldsInCommitmentInfo");
  useSpace(state, { netuid, who, info });
  write(state, storage.CommitmentOf, [netuid, who, { deposit: 0n, block, info }]);
  write(state, storage.LastCommitment, [netuid, who, block]);
  if (info.fields.some(({ tag }) => tag === "ResetBondsFlag")) resetBonds(state, netuid, who);
  announce(context, { netuid, who, info });
}

type Commitment = { readonly netuid: number; readonly who: string; readonly info: CommitmentInfo };

/** An account may write MaxSpace bytes per epoch of the subnet. */
function useSpace(state: State, { netuid, who, info }: Commitment): void {
  const last_epoch = read(state, subtensor.storage.SubnetEpochIndex, netuid);
  const usage = read(state, storage.UsedSpaceOf, netuid, who);
  const before = usage?.last_epoch === last_epoch ? usage.used_space : 0n;
  const size = info.fields.reduce((sum, field) => sum + sizeOf(field), 0);
  const used_space = before + BigInt(Math.max(MIN_SPACE, size));
  ensure(used_space <= BigInt(read(state, storage.MaxSpace)), commitments, "SpaceLimitExceeded");
  write(state, storage.UsedSpaceOf, [netuid, who, { last_epoch, used_space }]);
}

function sizeOf(field: CommitmentField): number {
  const [sealed] = sealedFields([field]);
  if (sealed !== undefined) return sealed.encrypted.length;
  if (field.value instanceof Uint8Array) return field.value.length;
  return typeof field.value === "string" ? hexToBytes(field.value).length : 0;
}

function announce(context: Context, { netuid, who, info }: Commitment): void {
  const [sealed] = sealedFields(info.fields);
  if (sealed === undefined) return deposit(context, commitments, ["Commitment", { netuid, who }]);
  awaitReveal(context.state, netuid, who);
  const { reveal_round } = sealed;
  deposit(context, commitments, ["TimelockCommitment", { netuid, who, reveal_round }]);
}
