import { AGENT_ABI } from "../agent-abi.ts";
import { WAYPOINT_OBSERVATION } from "../tasks/waypoint-navigation.ts";
import {
  agent,
  type Bytes,
  body,
  ENTRY_POINTS,
  FUNCTION_EXPORT,
  f64,
  i32,
  leb,
  loadF64,
  memoryImport,
  storeF64,
  text,
} from "./wasm.ts";

const { actionOffset, observationOffset, ownOffset } = AGENT_ABI;

const NO_RESULT = 0x40;
const LOOP = [0x03, NO_RESULT];
const IF = 0x04;
const I32_LESS = 0x48;
const F64_ADD = 0xa0;
const F64_AT_MOST = 0x65;
const SELECT = 0x1b;
const END = 0x0b;
const BRANCH_BACK = [0x0c, 0];
const UNREACHABLE = 0x00;
const GROW = [0x40, 0];
const SIZE = [0x3f, 0];
const DROP = 0x1a;
const FILL = [0xfc, 11, 0];
const CALL = 0x10;
const I32_MUL = 0x6c;
const I32_SUB = 0x6b;
const I32_STORE = [0x36, 2, 0];

export function acting(x: Bytes, y: Bytes): Bytes {
  return [...storeF64(actionOffset, x), ...storeF64(actionOffset + 8, y)];
}

function observed(index: number): Bytes {
  return loadF64(observationOffset + 8 * index);
}

/** Heads straight for the waypoint. */
export const straight = agent({
  act: acting(observed(WAYPOINT_OBSERVATION.targetX), observed(WAYPOINT_OBSERVATION.targetY)),
});

/** Counts its acts in its own memory and stops after ten: a leak between episodes would show at once. */
export const tiring = agent({
  act: [
    ...storeF64(ownOffset, [...loadF64(ownOffset), ...f64(1), F64_ADD]),
    ...acting(fresh(observed(WAYPOINT_OBSERVATION.targetX)), fresh(observed(WAYPOINT_OBSERVATION.targetY))),
  ],
});

/** The value during the first ten acts, zero afterwards. */
function fresh(value: Bytes): Bytes {
  return [...value, ...f64(0), ...loadF64(ownOffset), ...f64(10), F64_AT_MOST, SELECT];
}

const loopForEver: Bytes = [...LOOP, ...BRANCH_BACK, END];

const growOrTrap: Bytes = [...i32(1), ...GROW, ...i32(0), I32_LESS, IF, NO_RESULT, UNREACHABLE, END];
const lastWord: Bytes = [...SIZE, ...i32(65_536), I32_MUL, ...i32(4), I32_SUB];

/** Grows by a page and writes to its end, again and again, until there is no more. */
const growAndTouch: Bytes = [
  ...LOOP,
  ...growOrTrap,
  ...lastWord,
  ...i32(7),
  ...I32_STORE,
  ...BRANCH_BACK,
  END,
];

const I32_CONST_0 = i32(0);

/** Grows to all its memory at the start of each episode, fills it, and then behaves. */
export const hungry = agent({
  reset: [...i32(63), ...GROW, DROP, ...i32(ownOffset), ...i32(1), ...i32(64 * 65_536 - ownOffset), ...FILL],
  act: acting(observed(WAYPOINT_OBSERVATION.targetX), observed(WAYPOINT_OBSERVATION.targetY)),
});

const LOOPS = Array.from({ length: 120_000 }, () => [...LOOP, ...I32_CONST_0, 0x0d, 0, END]);

/** Small as bytes, more than a gigabyte in the compiler: as many locals and loops as a module can hold. */
export const compilerBomb = agent({ code: [body([]), body(LOOPS.flat(), [1, ...leb(49_000), 0x7f])] });

const EXPORTS = Array.from({ length: 110_000 }, (_, i) => [
  ...text(`_${i.toString(36)}`),
  FUNCTION_EXPORT,
  0,
]);

/** Each instance gets an object with all of these names in the engine's own heap. */
export const manyExports = agent({ exports: [...ENTRY_POINTS, ...EXPORTS] });

/** Agents that run and then misbehave, with the failure each must end as. */
export const hostile = {
  "loops for ever in act": { bytes: agent({ act: loopForEver }), code: "EVALUATOR_AGENT_TIMEOUT" },
  "loops for ever in reset": { bytes: agent({ reset: loopForEver }), code: "EVALUATOR_AGENT_TIMEOUT" },
  "loops for ever in its start function": {
    bytes: agent({ reset: loopForEver, late: [8, 1, 0] }),
    code: "EVALUATOR_AGENT_TIMEOUT",
  },
  "grows and touches memory without end": {
    bytes: agent({ act: growAndTouch }),
    code: "EVALUATOR_AGENT_OUT_OF_MEMORY",
  },
  "grows without end and ignores the refusal": {
    bytes: agent({ act: [...LOOP, ...i32(1), ...GROW, DROP, ...BRANCH_BACK, END] }),
    code: "EVALUATOR_AGENT_TIMEOUT",
  },
  traps: { bytes: agent({ act: [UNREACHABLE] }), code: "EVALUATOR_AGENT_TRAP" },
  "traps in reset": { bytes: agent({ reset: [UNREACHABLE] }), code: "EVALUATOR_AGENT_TRAP" },
  "reads outside its memory": {
    bytes: agent({ act: [...i32(2_000_000_000), 0x2b, 3, 0, DROP] }),
    code: "EVALUATOR_AGENT_TRAP",
  },
  "writes outside its memory": {
    bytes: agent({ act: [...i32(2_000_000_000), ...f64(1), 0x39, 3, 0] }),
    code: "EVALUATOR_AGENT_TRAP",
  },
  "fills beyond its memory": {
    bytes: agent({ act: [...i32(65_000), ...i32(7), ...i32(65_536), ...FILL] }),
    code: "EVALUATOR_AGENT_TRAP",
  },
  "calls itself without end": { bytes: agent({ act: [CALL, 1] }), code: "EVALUATOR_AGENT_TRAP" },
  "answers NaN": {
    bytes: agent({ act: acting(f64(Number.NaN), f64(0)) }),
    code: "EVALUATOR_AGENT_INVALID_ACTION",
  },
  "answers infinity": {
    bytes: agent({ act: acting(f64(0), f64(Number.NEGATIVE_INFINITY)) }),
    code: "EVALUATOR_AGENT_INVALID_ACTION",
  },
  "writes no action at all": { bytes: agent(), code: "EVALUATOR_AGENT_INVALID_ACTION" },
  "is no valid module": { bytes: agent({ act: [0x6a] }), code: "EVALUATOR_AGENT_REFUSED" },
  "asks for more memory than there is": {
    bytes: agent({ imports: [memoryImport([0, 65])] }),
    code: "EVALUATOR_AGENT_REFUSED",
  },
} as const;
