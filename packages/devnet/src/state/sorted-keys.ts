/** Characters of a storage item's own prefix: two hashes of 16 bytes in hex, after `0x`. */
const ITEM_CHARS = 66;

type Group = { sorted: readonly string[]; fresh: string[] };

/**
 * Storage keys in ascending order. They are put in order item by item and only when somebody asks, so that a block costs
 * the same however many came before it.
 */
export class SortedKeys {
  readonly #groups = new Map<string, Group>();

  /** Adds a key that is not there yet. */
  add(key: string): void {
    const name = key.slice(0, ITEM_CHARS);
    const group = this.#groups.get(name);
    if (group === undefined) this.#groups.set(name, { sorted: [], fresh: [key] });
    else group.fresh.push(key);
  }

  /** Keys under `prefix`, ascending, after `start` if one is given. */
  *under(prefix: string, start = ""): Generator<string> {
    for (const group of this.#groupsUnder(prefix)) {
      const keys = inOrder(group);
      for (let i = lowerBound(keys, start > prefix ? start : prefix); i < keys.length; i += 1) {
        const key = keys[i];
        if (key === undefined || !key.startsWith(prefix)) break;
        if (key !== start) yield key;
      }
    }
  }

  #groupsUnder(prefix: string): Group[] {
    const names =
      prefix.length >= ITEM_CHARS
        ? [prefix.slice(0, ITEM_CHARS)]
        : [...this.#groups.keys()].filter((name) => name.startsWith(prefix)).sort();
    return names.flatMap((name) => this.#groups.get(name) ?? []);
  }
}

function inOrder(group: Group): readonly string[] {
  if (group.fresh.length > 0) group.sorted = merge(group.sorted, group.fresh.sort());
  group.fresh = [];
  return group.sorted;
}

function lowerBound(keys: readonly string[], target: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? "") < target) low = middle + 1;
    else high = middle;
  }
  return low;
}

function merge(left: readonly string[], right: readonly string[]): string[] {
  const merged: string[] = [];
  let i = 0;
  for (const key of right) {
    for (let next = left[i]; next !== undefined && next < key; next = left[i]) {
      merged.push(next);
      i += 1;
    }
    merged.push(key);
  }
  return merged.concat(left.slice(i));
}
