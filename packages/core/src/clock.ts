/** The only source of wall time outside `main.ts`: injected, so that tests advance it. */
export type Clock = {
  /** Unix time in milliseconds. */
  now(): number;
};

export const systemClock: Clock = { now: () => Date.now() };
