import { stringToHex, u8aToHex } from "@polkadot/util";

/** Renames something in hex metadata; names of one length keep all else in its place. */
export function renamed(metadata: unknown, from: string, to: string): unknown {
  if (typeof metadata !== "string" || from.length !== to.length) return metadata;
  return metadata.replaceAll(textIn(from), textIn(to));
}

/** Gives a field of calls another type by its index in the metadata's type list. */
export function retyped(metadata: unknown, field: string, [from, to]: readonly [number, number]): unknown {
  if (typeof metadata !== "string") return metadata;
  return metadata.replaceAll(textIn(field) + compactIn(from), textIn(field) + compactIn(to));
}

/** Gives a plain storage item another type: after its name stand a modifier and the tag of plain items. */
export function restored(metadata: unknown, item: string, [from, to]: readonly [number, number]): unknown {
  if (typeof metadata !== "string") return metadata;
  const before = `${textIn(item)}0100`;
  return metadata.replaceAll(before + compactIn(from), before + compactIn(to));
}

function textIn(text: string): string {
  return compactIn(text.length) + stringToHex(text).slice(2);
}

/** A SCALE compact number below 2^14. */
function compactIn(value: number): string {
  const bytes = value < 64 ? [value << 2] : [((value << 2) & 0xff) | 1, value >> 6];
  return u8aToHex(Uint8Array.from(bytes)).slice(2);
}
