import { PENDULUM_OBSERVATION } from "../tasks/inverted-pendulum.ts";
import { WAYPOINT_OBSERVATION as SEEN } from "../tasks/waypoint-navigation.ts";

/** What a reference agent does, written anew: the same operations in the same order, so that the same bits come out. */
export type Act = (observation: Float64Array) => readonly number[];

/** One for each episode: an agent may remember what it did. */
export type Twin = () => Act;

/** Heads straight for the waypoint. */
export const greedyTwin: Twin = () => (seen) => [at(seen, SEEN.targetX), at(seen, SEEN.targetY)];

const [LOOK_AHEAD, ROOM, CORRECTION, HABIT, PENALTY, WALL_AHEAD] = [14, 1.2, 3, 0.3, 4, 4];
const DIRECTIONS = 32;
/** A quarter turn, halved three times, by roots alone. */
const [COSINE, SINE] = [1, 2, 3].reduce(
  ([cosine]): [number, number] => [Math.sqrt((1 + cosine) / 2), Math.sqrt((1 - cosine) / 2)],
  [0, 1] as [number, number],
);

/** Compares 32 directions by progress, habit and room, and reckons with its momentum. */
export const carefulTwin: Twin = () => {
  let before: Direction = [0, 0];
  return (seen) => {
    const [targetX, targetY] = [at(seen, SEEN.targetX), at(seen, SEEN.targetY)];
    const goal = length(targetX, targetY);
    const towards: Direction = [targetX / goal, targetY / goal];
    const reach = Math.min(goal, LOOK_AHEAD);
    let [best, score, way]: [Direction, number, Direction] = [[0, 0], Number.NEGATIVE_INFINITY, towards];
    for (let turn = 0; turn < DIRECTIONS; turn += 1) {
      const free = Math.min(freeWay(seen, { way, reach }) - ROOM, 0);
      const worth = PENALTY * free + dot(way, towards) + HABIT * dot(way, before);
      if (worth > score) [best, score] = [way, worth];
      way = [way[0] * COSINE - way[1] * SINE, way[0] * SINE + way[1] * COSINE];
    }
    before = best;
    const speed = at(seen, SEEN.speed);
    return [
      corrected(best[0], at(seen, SEEN.velocityX) / speed),
      corrected(best[1], at(seen, SEEN.velocityY) / speed),
    ];
  };
};

type Direction = readonly [x: number, y: number];

/** Free distance to walls and obstacles along a way. */
function freeWay(seen: Float64Array, { way, reach }: { way: Direction; reach: number }): number {
  const side = at(seen, SEEN.worldSize);
  const [x, y] = [at(seen, SEEN.x) + way[0] * WALL_AHEAD, at(seen, SEEN.y) + way[1] * WALL_AHEAD];
  let free = Math.min(Math.min(x, y), Math.min(side - x, side - y));
  for (let i = 0; i < at(seen, SEEN.obstacleCount); i += 1) {
    const first = SEEN.obstacles + i * SEEN.numbersPerObstacle;
    const [discX, discY, radius] = [at(seen, first), at(seen, first + 1), at(seen, first + 2)];
    const along = Math.min(Math.max(dot(way, [discX, discY]), 0), reach);
    free = Math.min(free, length(discX - way[0] * along, discY - way[1] * along) - radius);
  }
  return free;
}

function corrected(wanted: number, present: number): number {
  return wanted + CORRECTION * (wanted - present);
}

type Feedback = Readonly<Record<"position" | "velocity" | "tiltSine" | "turnRate" | "haste", number>>;

function pendulumTwin({ haste, ...weights }: Feedback): Twin {
  const { position, velocity, tiltSine, turnRate, motorForce, fullForce } = PENDULUM_OBSERVATION;
  return () => (seen) => {
    let wanted = weights.position * at(seen, position);
    wanted += weights.velocity * at(seen, velocity);
    wanted += weights.tiltSine * at(seen, tiltSine);
    wanted += weights.turnRate * at(seen, turnRate);
    return [wanted + haste * (wanted - at(seen, motorForce) / at(seen, fullForce))];
  };
}

/** Keeps the pole upright and forgets that the track ends. */
export const leaningTwin: Twin = pendulumTwin({
  position: 0,
  velocity: 0,
  tiltSine: 6,
  turnRate: 1,
  haste: 0,
});

/** Steers both. */
export const balancingTwin: Twin = pendulumTwin({
  position: 0.4,
  velocity: 0.7,
  tiltSine: 8,
  turnRate: 2,
  haste: 2,
});

function at(seen: Float64Array, index: number): number {
  return seen[index] ?? Number.NaN;
}

function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

function dot([x, y]: Direction, [otherX, otherY]: Direction): number {
  return x * otherX + y * otherY;
}
