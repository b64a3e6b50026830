import { constant } from "../../metadata/declare.ts";
import { definePallet } from "../../metadata/pallet.ts";
import { u8, u16, u64 } from "../../scale/primitives.ts";
import { calls } from "./calls.ts";
import { commitCalls, commitEvents, commits } from "./commits.ts";
import { errors } from "./errors.ts";
import { events } from "./events.ts";
import { accounts, globals, hyperparameters, neurons, registration, schedule, subnets } from "./storage.ts";

export const subtensor = definePallet({
  name: "SubtensorModule",
  index: 7,
  crate: "pallet_subtensor",
  storage: {
    ...globals,
    ...accounts,
    ...subnets,
    ...schedule,
    ...hyperparameters,
    ...registration,
    ...neurons,
    ...commits,
  },
  calls: { ...calls, ...commitCalls },
  events: { ...events, ...commitEvents },
  errors,
  constants: {
    InitialTempo: constant(u16, 360),
    MinTempo: constant(u16, 360),
    MaxTempo: constant(u16, 50_400),
    InitialSubnetOwnerCut: constant(u16, 11_796),
    InitialTaoWeight: constant(u64, 971_718_665_099_567_868n),
    InitialMaxEpochsPerBlock: constant(u8, 2),
  },
});
