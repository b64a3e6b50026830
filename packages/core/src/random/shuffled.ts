import type { SeededRandom } from "./seeded-random.ts";

/**
 * The items in random order, each order equally likely: the next one is any of those that are left.
 *
 * @param items not changed.
 * @param random advanced by one `below` per item.
 */
export function shuffled<Item>(items: readonly Item[], random: SeededRandom): Item[] {
  const left = [...items];
  return items.flatMap(() => left.splice(random.below(left.length), 1));
}
