import type { CommitmentField } from "../pallets/commitments.ts";

/** A field that stays unreadable until its round. */
export type Sealed = { readonly encrypted: Uint8Array; readonly reveal_round: bigint };

/** The sealed fields among others, in order. */
export function sealedFields(fields: readonly CommitmentField[]): Sealed[] {
  return fields.flatMap((field) => (field.tag === "TimelockEncrypted" ? [sealedOf(field)] : []));
}

/** A decoded field of this kind carries what the declaration of its kind says. */
function sealedOf({ value }: CommitmentField): Sealed {
  return value as Sealed;
}
