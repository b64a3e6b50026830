import { z } from "zod";

/**
 * Configuration of the task `waypoint-navigation`: lengths in world units, all integers, so that its canonical
 * JSON is the same text everywhere. Invariant: `obstacleRadiusMin` ≤ `obstacleRadiusMax`.
 */
export const WaypointNavigationConfig = z
  .strictObject({
    /** Side of the square world. */
    worldSize: z.int().min(40).max(1000).default(100),
    /** Points to visit, in order. */
    waypoints: z.int().min(1).max(8).default(2),
    /** Distance at which a waypoint counts as visited. */
    waypointRadius: z.int().min(1).max(10).default(2),
    /** Discs the generator tries to place; a crowded world may hold fewer. */
    obstacles: z.int().min(0).max(64).default(14),
    obstacleRadiusMin: z.int().min(1).max(50).default(4),
    obstacleRadiusMax: z.int().min(1).max(50).default(9),
    /** Least free distance between an obstacle and anything else. */
    clearance: z.int().min(1).max(20).default(2),
    /** Nearest obstacles an observation describes. */
    visibleObstacles: z.int().min(1).max(16).default(6),
    /** Distance of one step at full speed. */
    speed: z.int().min(1).max(4).default(2),
    /** Share of the way from its velocity to the wanted one that an agent makes in a step, in percent. */
    agility: z.int().min(5).max(100).default(12),
    maxSteps: z.int().min(1).max(2000).default(160),
  })
  .refine((config) => config.obstacleRadiusMin <= config.obstacleRadiusMax, {
    path: ["obstacleRadiusMin"],
    message: "must not exceed obstacleRadiusMax",
  });
export type WaypointNavigationConfig = z.infer<typeof WaypointNavigationConfig>;

/**
 * Configuration of the task `inverted-pendulum`, all integers like the one above. Invariants: `poleCentimetresMin` ≤
 * `poleCentimetresMax`, `gustSteps` ≤ `gustEverySteps`, `startTiltPercent` < `fallTiltPercent`.
 */
export const InvertedPendulumConfig = z
  .strictObject({
    /** From the middle of the track to each of its ends. */
    halfTrackCentimetres: z.int().min(50).max(1000).default(240),
    poleCentimetresMin: z.int().min(20).max(400).default(60),
    poleCentimetresMax: z.int().min(20).max(400).default(160),
    /** Largest tilt an episode starts with, as its sine in percent. */
    startTiltPercent: z.int().min(0).max(80).default(15),
    /** Tilt beyond which the pole has fallen, as its sine in percent. */
    fallTiltPercent: z.int().min(5).max(95).default(50),
    fullForceNewtons: z.int().min(1).max(100).default(10),
    /** Share of the way from its force to the wanted one that the motor makes in a step. */
    motorPercent: z.int().min(5).max(100).default(25),
    /** Largest force of a gust. */
    gustNewtons: z.int().min(0).max(100).default(10),
    /** How long a gust lasts. */
    gustSteps: z.int().min(1).max(100).default(10),
    /** One gust blows in each stretch of so many steps. */
    gustEverySteps: z.int().min(1).max(2000).default(50),
    /** Steps of 20 milliseconds. */
    maxSteps: z.int().min(1).max(2000).default(500),
  })
  .refine((config) => config.poleCentimetresMin <= config.poleCentimetresMax, {
    path: ["poleCentimetresMin"],
    message: "must not exceed poleCentimetresMax",
  })
  .refine((config) => config.gustSteps <= config.gustEverySteps, {
    path: ["gustSteps"],
    message: "must not exceed gustEverySteps",
  })
  .refine((config) => config.startTiltPercent < config.fallTiltPercent, {
    path: ["startTiltPercent"],
    message: "must be below fallTiltPercent",
  });
export type InvertedPendulumConfig = z.infer<typeof InvertedPendulumConfig>;
