import { z } from "zod";

/** Input of every paged list: at most `limit` rows after `cursor`, the `nextCursor` of the page before. */
export const PageInput = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).nullish(),
});
export type PageInput = z.infer<typeof PageInput>;

/** One page of rows; `nextCursor` is null on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
export type Page<Item> = { items: Item[]; nextCursor: string | null };
