import { type Code, f64, functionBody, i64, Locals } from "./code.ts";
import { kept, move, observed } from "./observation.ts";

const [STATE, DRAWN] = [kept(0), kept(1)];
const TWO_TO_63 = 9_223_372_036_854_775_808;

/** Moves at random: xorshift64, stirred by the position, because every episode starts with the same memory. */
export function randomAct(): Code {
  const stirred = i64.xor(i64.load(STATE), i64.bitsOf(observed("x")));
  return functionBody(
    new Locals(),
    i64.store(STATE, stirred),
    next(),
    f64.store(DRAWN, draw()),
    next(),
    move(f64.load(DRAWN), draw()),
  );
}

function next(): Code {
  const state = i64.load(STATE);
  return [
    ...i64.store(STATE, i64.xor(state, i64.shiftLeft(state, i64.const(13n)))),
    ...i64.store(STATE, i64.xor(state, i64.shiftRight(state, i64.const(7n)))),
    ...i64.store(STATE, i64.xor(state, i64.shiftLeft(state, i64.const(17n)))),
  ];
}

/** The state as a number in [-1, 1). */
function draw(): Code {
  return f64.div(f64.fromI64(i64.load(STATE)), f64.const(TWO_TO_63));
}
