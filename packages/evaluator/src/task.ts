import type { Episode, Json } from "@assay/core";

/** The outcome of one episode; `reward` lies in the range its task documents, `steps` counts actions taken. */
export type EpisodeResult = Episode;

/** What names a task exactly; `configHash` is `configHashOf(config)`. */
export type TaskSpec = {
  readonly name: string;
  readonly version: string;
  readonly config: Readonly<Record<string, Json>>;
  readonly configHash: string;
};

/** One running episode of the simulator; it never touches the agent, which only sees observations. */
export type Simulation = {
  /** Writes the current observation, `observationLength` numbers, at the start of `into`. */
  observe(into: Float64Array): void;
  /** Advances one step with `actionLength` finite numbers; undefined while the episode runs on. */
  step(action: Float64Array): EpisodeResult | undefined;
};

/** An environment: pure and deterministic, so that the same seed and actions give the same bits on every machine. */
export type Task = {
  readonly spec: TaskSpec;
  /** Inclusive bounds of every episode's reward. */
  readonly rewardRange: readonly [number, number];
  readonly observationLength: number;
  readonly actionLength: number;
  /** What its agents are: WebAssembly modules unless it says otherwise. */
  readonly agents?: "container";
  /** Starts the episode of a seed of 64 lower-case hex digits. */
  start(seed: string): Simulation;
};
