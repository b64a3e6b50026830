import { balancingTwin, carefulTwin, greedyTwin, leaningTwin, type Twin } from "./twins.ts";

/**
 * An agent whose episodes are known: `outcome` is the SHA-256 of their canonical JSON in the default configuration, `wasm` the
 * module in base64, `twin` the same agent in TypeScript, which knows them in every other.
 */
export type ReferenceAgent = {
  readonly task: string;
  readonly name: string;
  readonly outcome: string;
  readonly wasm: string;
  readonly twin: Twin;
};

/** The reference agents of every built-in task, a poor and a good one each; `apps/miner/src/agents` builds the same bytes. */
export const referenceAgents: readonly ReferenceAgent[] = [
  {
    task: "waypoint-navigation",
    name: "greedy",
    twin: greedyTwin,
    outcome: "9cad74907fcc37da4e1af8b93d5a6d26210bbc7272fe05d6644c57aee10bc1cc",
    wasm: "AGFzbQEAAAABBAFgAAACDwEDZW52Bm1lbW9yeQIAAQMDAgAABw8CBXJlc2V0AAADYWN0AAEKHwICAAsaAEEAQQArA6ACOQOABkEAQQArA6gCOQOIBgs=",
  },
  {
    task: "waypoint-navigation",
    name: "careful",
    twin: carefulTwin,
    outcome: "35aa03f2c40f78acfe0b0e00b7d3a3f4fcd0b2e1fdcfe0eccbcebe50b7367dcc",
    wasm: "AGFzbQEAAAABBAFgAAACDwEDZW52Bm1lbW9yeQIAAQMDAgAABw8CBXJlc2V0AAADYWN0AAEKgAUCAgAL+gQOAX8BfwF8AXwBfAF8AXwBfAF8AXwBfAF8AXwBfEEAKwOgAkEAKwOgAqJBACsDqAJBACsDqAKioJ8hBEEAKwOgAiAEoyECQQArA6gCIASjIQMgBEQAAAAAAAAsQKQhBUQAAAAAAADw/yEKIAIhBiADIQdBACEAAkADQCAAQSBODQFBACsDgAIgBkQAAAAAAAAQQKKgQQArA4gCIAdEAAAAAAAAEECioKRBACsDwAJBACsDgAIgBkQAAAAAAAAQQKKgoUEAKwPAAkEAKwOIAiAHRAAAAAAAABBAoqChpKQhCEEAIQECQANAIAFBACsD0AKqTg0BIAggBiABQRhsKwPYAqIgByABQRhsKwPgAqKgRAAAAAAAAAAApSAFpCENIAFBGGwrA9gCIAYgDaKhIAFBGGwrA9gCIAYgDaKhoiABQRhsKwPgAiAHIA2ioSABQRhsKwPgAiAHIA2ioaKgnyABQRhsKwPoAqGkIQggAUEBaiEBDAALC0QAAAAAAAAQQCAIRDMzMzMzM/M/oUQAAAAAAAAAAKSiIQkgCSAGIAKiIAcgA6KgoCEJIAlEMzMzMzMz0z8gBkEAKwOACKIgB0EAKwOICKKgoqAhCSAJIApkBEAgCSEKIAYhCyAHIQwLIAZEsFz3z5di7z+iIAdEDKZpPLj4yD+ioSENIAZEDKZpPLj4yD+iIAdEsFz3z5di7z+ioCEHIA0hBiAAQQFqIQAMAAsLQQAgCzkDgAhBACAMOQOICEEAIAtEAAAAAAAACEAgC0EAKwOQAkEAKwPIAqOhoqA5A4AGQQAgDEQAAAAAAAAIQCAMQQArA5gCQQArA8gCo6GioDkDiAYL",
  },
  {
    task: "inverted-pendulum",
    name: "leaning",
    twin: leaningTwin,
    outcome: "e4b462fdf00a706f5e98d751081a646d91e6fdb4e6c9f35b617bcb2713e86735",
    wasm: "AGFzbQEAAAABBAFgAAACDwEDZW52Bm1lbW9yeQIAAQMDAgAABw8CBXJlc2V0AAADYWN0AAEKfQICAAt4AQF8RAAAAAAAAAAAQQArA4ACoiEAIABEAAAAAAAAAABBACsDiAKioCEAIABEAAAAAAAAGEBBACsDkAKioCEAIABEAAAAAAAA8D9BACsDoAKioCEAQQAgAEQAAAAAAAAAACAAQQArA6gCQQArA8ACo6GioDkDgAYL",
  },
  {
    task: "inverted-pendulum",
    name: "balancing",
    twin: balancingTwin,
    outcome: "5423ea8ffc9bbc32d084570c74b40032e97ede5ab9675b3e8ed54ed371de8a36",
    wasm: "AGFzbQEAAAABBAFgAAACDwEDZW52Bm1lbW9yeQIAAQMDAgAABw8CBXJlc2V0AAADYWN0AAEKfQICAAt4AQF8RJqZmZmZmdk/QQArA4ACoiEAIABEZmZmZmZm5j9BACsDiAKioCEAIABEAAAAAAAAIEBBACsDkAKioCEAIABEAAAAAAAAAEBBACsDoAKioCEAQQAgAEQAAAAAAAAAQCAAQQArA6gCQQArA8ACo6GioDkDgAYL",
  },
];
