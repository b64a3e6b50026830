import { type Code, dot, f64, functionBody, i32, type Local, Locals, length, repeat, when } from "./code.ts";
import { kept, move, observed, obstacle } from "./observation.ts";

/** The dial of the avoiding agents: how far they look and how much room they want. */
export type Caution = {
  /** How often the quarter turn between two compared directions is halved: 4 × 2^halvings directions. */
  readonly halvings: number;
  /** Length of way ahead that is checked, in world units. */
  readonly lookAhead: number;
  /** Free distance wanted along that way. */
  readonly room: number;
  /** How strongly the action corrects the difference between wanted and present velocity. */
  readonly correction: number;
};

const [PREVIOUS_X, PREVIOUS_Y] = [kept(0), kept(1)];
/** A preference for the last direction, so that an agent does not waver in front of an obstacle. */
const HABIT = 0.3;
const PENALTY = 4;
/** How far ahead a wall counts. */
const WALL_AHEAD = 4;

/** Compares directions by progress, habit and room, and takes the best. */
export function carefulAct({ halvings, lookAhead, room, correction }: Caution): Code {
  const locals = new Locals();
  const [turn, i] = [locals.i32(), locals.i32()];
  const [goalX, goalY, goal, reach] = [locals.f64(), locals.f64(), locals.f64(), locals.f64()];
  const [x, y, free, score] = [locals.f64(), locals.f64(), locals.f64(), locals.f64()];
  const [best, bestX, bestY, along] = [locals.f64(), locals.f64(), locals.f64(), locals.f64()];
  return functionBody(
    locals,
    goal.set(length(observed("targetX"), observed("targetY"))),
    goalX.set(f64.div(observed("targetX"), goal.get)),
    goalY.set(f64.div(observed("targetY"), goal.get)),
    reach.set(f64.min(goal.get, f64.const(lookAhead))),
    best.set(f64.const(Number.NEGATIVE_INFINITY)),
    x.set(goalX.get),
    y.set(goalY.get),
    repeat(
      { counter: turn, count: i32.const(4 * 2 ** halvings) },
      free.set(wallRoom(x, y)),
      repeat(
        { counter: i, count: i32.fromF64(observed("obstacleCount")) },
        free.set(f64.min(free.get, roomBeside(i, { x, y, reach, along }))),
      ),
      score.set(f64.mul(f64.const(PENALTY), f64.min(f64.sub(free.get, f64.const(room)), f64.const(0)))),
      score.set(f64.add(score.get, dot([x.get, y.get], [goalX.get, goalY.get]))),
      score.set(f64.add(score.get, f64.mul(f64.const(HABIT), dot([x.get, y.get], previous())))),
      when(f64.greater(score.get, best.get), best.set(score.get), bestX.set(x.get), bestY.set(y.get)),
      rotate({ x, y, spare: along }, halvings),
    ),
    f64.store(PREVIOUS_X, bestX.get),
    f64.store(PREVIOUS_Y, bestY.get),
    move(
      corrected({ wanted: bestX, velocity: "velocityX" }, correction),
      corrected({ wanted: bestY, velocity: "velocityY" }, correction),
    ),
  );
}

type Aim = { wanted: Local; velocity: "velocityX" | "velocityY" };

/** Aims past the wanted direction by what momentum still carries elsewhere. */
function corrected({ wanted, velocity }: Aim, correction: number): Code {
  const present = f64.div(observed(velocity), observed("speed"));
  return f64.add(wanted.get, f64.mul(f64.const(correction), f64.sub(wanted.get, present)));
}

function previous(): [Code, Code] {
  return [f64.load(PREVIOUS_X), f64.load(PREVIOUS_Y)];
}

/** Distance to the nearest wall a little ahead. */
function wallRoom(x: Local, y: Local): Code {
  const ahead = (at: Code, direction: Local) => f64.add(at, f64.mul(direction.get, f64.const(WALL_AHEAD)));
  const [atX, atY] = [ahead(observed("x"), x), ahead(observed("y"), y)];
  const far = f64.min(f64.sub(observed("worldSize"), atX), f64.sub(observed("worldSize"), atY));
  return f64.min(f64.min(atX, atY), far);
}

type Way = { x: Local; y: Local; reach: Local; along: Local };

/** Free distance between an obstacle and the way of length `reach` in direction (x, y). */
function roomBeside(index: Local, { x, y, reach, along }: Way): Code {
  const disc = obstacle(index);
  const ahead = f64.min(f64.max(dot([x.get, y.get], [disc.x, disc.y]), f64.const(0)), reach.get);
  const besideX = f64.sub(disc.x, f64.mul(x.get, along.get));
  const besideY = f64.sub(disc.y, f64.mul(y.get, along.get));
  return [...along.set(ahead), ...f64.sub(length(besideX, besideY), disc.radius)];
}

/** Turns the direction by a halved quarter turn; half-angle roots give the same bytes on every machine. */
function rotate({ x, y, spare }: { x: Local; y: Local; spare: Local }, halvings: number): Code {
  let [cosine, sine] = [0, 1];
  for (let i = 0; i < halvings; i += 1)
    [cosine, sine] = [Math.sqrt((1 + cosine) / 2), Math.sqrt((1 - cosine) / 2)];
  const [cos, sin] = [f64.const(cosine), f64.const(sine)];
  return [
    ...spare.set(f64.sub(f64.mul(x.get, cos), f64.mul(y.get, sin))),
    ...y.set(f64.add(f64.mul(x.get, sin), f64.mul(y.get, cos))),
    ...x.set(spare.get),
  ];
}
