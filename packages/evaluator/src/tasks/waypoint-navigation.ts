import { WaypointNavigationConfig } from "@assay/core";
import { configHashOf, parseConfig } from "../config.ts";
import type { EpisodeResult, Simulation, Task } from "../task.ts";
import { type Disc, distance, drawWorld, type Point, type World } from "./waypoint-world.ts";

export const WAYPOINT_NAVIGATION = { name: "waypoint-navigation", version: "1" } as const;

/**
 * Where each number of an observation stands. From `obstacles` on, three per visible obstacle, nearest first:
 * x and y of its centre relative to the agent, and its radius; zeros after the last one.
 */
export const WAYPOINT_OBSERVATION = {
  x: 0,
  y: 1,
  velocityX: 2,
  velocityY: 3,
  targetX: 4,
  targetY: 5,
  waypointsLeft: 6,
  stepsLeft: 7,
  worldSize: 8,
  speed: 9,
  obstacleCount: 10,
  obstacles: 11,
  numbersPerObstacle: 3,
} as const;

const PROGRESS_SHARE = 0.7;

/**
 * The task: visit waypoints in order in a square world of discs. An action is the wanted velocity as a share of
 * full speed; the agent has momentum and only approaches it. Touching a disc or a wall ends the episode. Reward in [0, 1]: 0.7 × share of waypoints visited, plus, for the whole route,
 * 0.3 × share of steps left.
 */
export function waypointNavigation(config: Partial<WaypointNavigationConfig> = {}): Task {
  const full = parseConfig(WAYPOINT_NAVIGATION.name, { schema: WaypointNavigationConfig, config });
  return {
    spec: { ...WAYPOINT_NAVIGATION, config: full, configHash: configHashOf(full) },
    rewardRange: [0, 1],
    observationLength: observationLength(full),
    actionLength: 2,
    start: (seed) => new WaypointSimulation(full, drawWorld(full, seed)),
  };
}

class WaypointSimulation implements Simulation {
  readonly #config: WaypointNavigationConfig;
  readonly #world: World;
  #at: Point;
  #velocity: Point = { x: 0, y: 0 };
  #visited = 0;
  #steps = 0;

  constructor(config: WaypointNavigationConfig, world: World) {
    this.#config = config;
    this.#world = world;
    this.#at = world.start;
  }

  observe(into: Float64Array): void {
    const { waypoints, obstacles } = this.#world;
    const { visibleObstacles, maxSteps, worldSize, speed } = this.#config;
    const { x, y } = this.#at;
    const target = waypoints[this.#visited] ?? this.#at;
    const seen = nearest(obstacles, this.#at).slice(0, visibleObstacles);
    const left = [waypoints.length - this.#visited, maxSteps - this.#steps];
    into.fill(0, 0, observationLength(this.#config));
    into.set([x, y, this.#velocity.x, this.#velocity.y, target.x - x, target.y - y]);
    into.set([...left, worldSize, speed, seen.length], WAYPOINT_OBSERVATION.waypointsLeft);
    into.set(
      seen.flatMap((disc) => [disc.x - x, disc.y - y, disc.radius]),
      WAYPOINT_OBSERVATION.obstacles,
    );
  }

  step(action: Float64Array): EpisodeResult | undefined {
    const { waypointRadius, maxSteps } = this.#config;
    this.#move(withinUnitDisc({ x: action[0] ?? 0, y: action[1] ?? 0 }));
    this.#steps += 1;
    if (this.#hasCollided()) return this.#result();
    const target = this.#world.waypoints[this.#visited];
    if (target !== undefined && distance(this.#at, target) <= waypointRadius) this.#visited += 1;
    const isOver = this.#visited === this.#world.waypoints.length || this.#steps >= maxSteps;
    return isOver ? this.#result() : undefined;
  }

  #move(wanted: Point): void {
    const { speed, agility } = this.#config;
    const { x, y } = this.#velocity;
    this.#velocity = {
      x: x + (agility * (speed * wanted.x - x)) / 100,
      y: y + (agility * (speed * wanted.y - y)) / 100,
    };
    this.#at = { x: this.#at.x + this.#velocity.x, y: this.#at.y + this.#velocity.y };
  }

  #hasCollided(): boolean {
    const { worldSize } = this.#config;
    const { x, y } = this.#at;
    const isInside = x > 0 && y > 0 && x < worldSize && y < worldSize;
    return !isInside || this.#world.obstacles.some((disc) => distance(this.#at, disc) <= disc.radius);
  }

  #result(): EpisodeResult {
    const total = this.#world.waypoints.length;
    const success = this.#visited === total;
    const haste = success ? 1 - this.#steps / this.#config.maxSteps : 0;
    const reward = (PROGRESS_SHARE * this.#visited) / total + (1 - PROGRESS_SHARE) * haste;
    return { success, reward, steps: this.#steps };
  }
}

function observationLength({ visibleObstacles }: WaypointNavigationConfig): number {
  return WAYPOINT_OBSERVATION.obstacles + WAYPOINT_OBSERVATION.numbersPerObstacle * visibleObstacles;
}

/** Obstacles by free distance from a point; ties keep the world's order. */
function nearest(obstacles: readonly Disc[], from: Point): Disc[] {
  const gaps = obstacles.map((disc) => ({ disc, gap: distance(disc, from) - disc.radius }));
  return gaps.sort((a, b) => a.gap - b.gap).map(({ disc }) => disc);
}

/** Shortens a finite vector to length 1 if it is longer; scaled first, so that squares cannot overflow. */
function withinUnitDisc(vector: Point): Point {
  const scale = Math.max(1, Math.abs(vector.x), Math.abs(vector.y));
  const scaled = { x: vector.x / scale, y: vector.y / scale };
  const length = distance(scaled, { x: 0, y: 0 });
  if (length <= 1 && scale === 1) return scaled;
  return { x: scaled.x / length, y: scaled.y / length };
}
