import type { WaypointNavigationConfig } from "@assay/core";
import { Prng } from "../prng.ts";

export type Point = { readonly x: number; readonly y: number };
export type Disc = Point & { readonly radius: number };

/** The fixed part of one episode. */
export type World = {
  readonly start: Point;
  readonly waypoints: readonly Point[];
  readonly obstacles: readonly Disc[];
};

const TRIES = 40;

export function distance(a: Point, b: Point): number {
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  return Math.sqrt(dx * dx + dy * dy);
}

/**
 * Draws the world of a seed: a route whose legs are at least a third of the side long, then obstacles that keep
 * `clearance` from the route's points, from the walls and from each other, so that every waypoint can be reached.
 */
export function drawWorld(config: WaypointNavigationConfig, seed: string): World {
  const prng = new Prng(seed);
  const route = drawRoute(config, prng);
  const [start = { x: 0, y: 0 }, ...waypoints] = route;
  return { start, waypoints, obstacles: drawObstacles(config, { prng, route }) };
}

function drawRoute(config: WaypointNavigationConfig, prng: Prng): Point[] {
  const margin = config.clearance + config.waypointRadius;
  const route = [drawPoint(config, { prng, margin })];
  while (route.length <= config.waypoints) route.push(drawNext(config, { prng, margin, route }));
  return route;
}

type NextPoint = { prng: Prng; margin: number; route: readonly Point[] };

function drawNext(config: WaypointNavigationConfig, { prng, margin, route }: NextPoint): Point {
  const shortest = config.worldSize / 3;
  let point = drawPoint(config, { prng, margin });
  for (let i = 1; i < TRIES && route.slice(-1).some((last) => distance(last, point) < shortest); i += 1)
    point = drawPoint(config, { prng, margin });
  return point;
}

function drawPoint({ worldSize }: WaypointNavigationConfig, from: { prng: Prng; margin: number }): Point {
  const { prng, margin } = from;
  return { x: prng.between(margin, worldSize - margin), y: prng.between(margin, worldSize - margin) };
}

type Surroundings = { prng: Prng; route: readonly Point[] };

function drawObstacles(config: WaypointNavigationConfig, { prng, route }: Surroundings): Disc[] {
  const obstacles: Disc[] = [];
  for (let i = 0; i < config.obstacles * TRIES && obstacles.length < config.obstacles; i += 1) {
    const radius = prng.between(config.obstacleRadiusMin, config.obstacleRadiusMax);
    const disc = { ...drawPoint(config, { prng, margin: 0 }), radius };
    if (hasRoom(config, { disc, route, obstacles })) obstacles.push(disc);
  }
  return obstacles;
}

type Candidate = { disc: Disc; route: readonly Point[]; obstacles: readonly Disc[] };

function hasRoom(config: WaypointNavigationConfig, { disc, route, obstacles }: Candidate): boolean {
  const reach = disc.radius + config.clearance;
  const walls = [disc.x, disc.y, config.worldSize - disc.x, config.worldSize - disc.y];
  return (
    walls.every((room) => room >= reach) &&
    route.every((point) => distance(point, disc) >= reach + config.waypointRadius) &&
    obstacles.every((other) => distance(other, disc) >= reach + other.radius)
  );
}
