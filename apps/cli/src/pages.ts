import type { Page } from "@assay/core";
import type { Output } from "./output.ts";

/** The most a backend gives at once. */
const PAGE = 200;

type ListPage<Item> = (page: { limit: number; cursor: string | null }) => Promise<Page<Item>>;

/** The first items of a list, page after page; says on standard error when there are more. */
export async function firstOf<Item>(
  list: ListPage<Item>,
  { limit, out }: { limit: number; out: Output },
): Promise<Item[]> {
  const { items, nextCursor } = await read(list, limit);
  if (nextCursor !== null) out.note(`the first ${items.length}; there are more: raise --limit`);
  return items;
}

/** A whole list, page after page. */
export async function everyOf<Item>(list: ListPage<Item>): Promise<Item[]> {
  return (await read(list, Number.POSITIVE_INFINITY)).items;
}

async function read<Item>(list: ListPage<Item>, limit: number): Promise<Page<Item>> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await list({ limit: Math.min(PAGE, limit - items.length), cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && items.length < limit);
  return { items, nextCursor: cursor };
}
