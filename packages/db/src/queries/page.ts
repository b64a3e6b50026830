import type { Page } from "@assay/core";

/** Where a page of a list begins and how long it is. */
export type PageOf = { limit: number; cursor?: string | null | undefined };

/** A page from one row more than was asked for: that row only tells that there is a next page. */
export function toPage<Row>(
  rows: Row[],
  { limit, cursorOf }: { limit: number; cursorOf: (row: Row) => string },
): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
