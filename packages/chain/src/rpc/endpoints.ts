/** Best health, and where every endpoint begins. */
const BEST = 10;

type Health = { readonly url: string; score: number; failedAt: number };

/**
 * The endpoints of one chain and how well each served: one point up for each sign of life, two down for each fault,
 * from 0 to 10. The first of the list is preferred among equals, unless it failed more recently.
 */
export class Endpoints {
  readonly #all: readonly [Health, ...Health[]];
  #current: Health;
  #faults = 0;

  constructor([first, ...others]: readonly [string, ...string[]]) {
    this.#all = [fresh(first), ...others.map(fresh)];
    this.#current = this.#all[0];
  }

  /** The one in use. */
  get current(): string {
    return this.#current.url;
  }

  get count(): number {
    return this.#all.length;
  }

  /** Health of each by URL, for reports. */
  get scores(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#all.map(({ url, score }) => [url, score]));
  }

  /** Turns to the healthiest. */
  choose(): string {
    this.#current = this.#all.reduce((best, other) => (isBetter(other, best) ? other : best));
    return this.#current.url;
  }

  /** The healthiest besides the one in use. */
  other(): string | undefined {
    const [first, ...others] = this.#all.filter((candidate) => candidate !== this.#current);
    return others.reduce((best, other) => (best && isBetter(other, best) ? other : best), first)?.url;
  }

  succeeded(): void {
    this.#current.score = Math.min(BEST, this.#current.score + 1);
  }

  failed(url: string = this.current): void {
    const endpoint = this.#all.find((candidate) => candidate.url === url);
    if (endpoint === undefined) return;
    endpoint.score = Math.max(0, endpoint.score - 2);
    endpoint.failedAt = ++this.#faults;
  }
}

function fresh(url: string): Health {
  return { url, score: BEST, failedAt: 0 };
}

function isBetter(a: Health, b: Health): boolean {
  return a.score === b.score ? a.failedAt < b.failedAt : a.score > b.score;
}
