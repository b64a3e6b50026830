import { AgentFailure, Episode, EvaluatorIdentity, MAX_ARTEFACT_BYTES, Sha256 } from "@assay/core";
import { z } from "zod";
import { AGENT_FAILURE_CODES } from "../failure.ts";

/** Version of what a validator and an evaluator on another host say to each other; both must speak the same. */
export const JOIN_PROTOCOL = 2;

/** Largest message either side reads: a job with an agent of full size and as many seeds as a job may have. */
export const MAX_MESSAGE_BYTES = 12_582_912;

const MAX_ITEMS = 100_000;
const BASE64_CHARACTERS = Math.ceil(MAX_ARTEFACT_BYTES / 3) * 4;
const Milliseconds = z.number().positive().max(86_400_000);

/** One handing out of a job: new each time, so that an answer to an earlier one is no answer to this. */
const Run = z.uuid();

/** The part of a hello that every version of the protocol has, so that a stranger's version can be named. */
export const AnyHello = z.object({ type: z.literal("hello"), protocol: z.int().min(1) });

/** How an evaluator introduces itself: its first message. */
export const Hello = z.strictObject({
  type: z.literal("hello"),
  protocol: z.literal(JOIN_PROTOCOL),
  name: z.string().regex(/^[\w.-]{1,64}$/),
  /** The code that will evaluate; a validator takes only the code it has itself. */
  codeHash: Sha256,
  /** Whether it can run agents that are containers. */
  containers: z.boolean(),
  /** It only asks whether it would be taken, and leaves. */
  knocks: z.boolean(),
});
export type Hello = z.infer<typeof Hello>;

/** Control and direction characters and line ends: what could forge a log line or steer a terminal. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** A failure as this evaluator words it: a code it has, and text that can be signed, stored and shown. */
const KnownFailure = AgentFailure.extend({
  code: z.enum(AGENT_FAILURE_CODES),
  detail: AgentFailure.shape.detail.refine((text) => text.isWellFormed() && !UNPRINTABLE.test(text)),
});

/** What an agent did in a run, with everything the answer rests on. */
export const RunResult = z.strictObject({
  type: z.literal("result"),
  run: Run,
  evaluator: EvaluatorIdentity,
  artefactSha256: Sha256,
  seedsHash: Sha256,
  /** One per seed in the order of the seeds; empty if the agent failed as a whole. */
  episodes: z.array(Episode).max(MAX_ITEMS),
  failure: KnownFailure.nullable(),
});
export type RunResult = z.infer<typeof RunResult>;

/** A run the evaluator could not do: its own fault, never the agent's. */
export const RunFailed = z.strictObject({
  type: z.literal("failed"),
  run: Run,
  code: z.string().regex(/^[A-Z][A-Z0-9_]{1,63}$/),
  message: z.string().max(500),
});
export type RunFailed = z.infer<typeof RunFailed>;

/** How often an evaluator tells that its run gets on, at most. */
export const PROGRESS_MS = 10_000;

/** A run gets on: more steps are done than at the last word of it. */
const Progress = z.strictObject({ type: z.literal("progress"), run: Run, done: z.int().min(1) });
export type Progress = z.infer<typeof Progress>;

/** The evaluator stops: what it was given goes to another. */
const Leave = z.strictObject({ type: z.literal("leave") });

/** Everything a validator hears from an evaluator after its hello. */
export const EvaluatorMessage = z.discriminatedUnion("type", [RunResult, RunFailed, Progress, Leave]);
export type EvaluatorMessage = z.infer<typeof EvaluatorMessage>;

/** The evaluator is accepted; the validator pings it this often, and either side counts as gone after three times that. */
const Welcome = z.strictObject({
  type: z.literal("welcome"),
  protocol: z.literal(JOIN_PROTOCOL),
  heartbeatMs: z.int().min(1).max(600_000),
});

/** Why a validator ends a connection. */
export const JoinRefusal = z.enum([
  "secret",
  "protocol",
  "code",
  "crowded",
  "malformed",
  "too-large",
  "silent",
  "overdue",
  "stalled",
  "unknown-run",
  "wrong-evaluator",
  "wrong-artefact",
  "wrong-seeds",
  "wrong-count",
  "out-of-range",
  "miscalibrated",
  "mismatch",
]);
export type JoinRefusal = z.infer<typeof JoinRefusal>;

const Refused = z.strictObject({
  type: z.literal("refused"),
  reason: JoinRefusal,
  message: z.string().max(500),
});

/** One job to run: an agent, a task, seeds, limits. It names neither miner nor competition. */
export const RunOrder = z.strictObject({
  type: z.literal("run"),
  run: Run,
  /** The reference agents are run anew whenever this changes. */
  cycleId: z.string().max(100),
  evaluator: EvaluatorIdentity,
  taskConfig: z.record(z.string(), z.json()),
  limits: z.strictObject({ turnMs: Milliseconds, episodeMs: Milliseconds }),
  seeds: z.array(Sha256).min(1).max(MAX_ITEMS),
  artefactSha256: Sha256,
  artefact: z.base64().max(BASE64_CHARACTERS),
});
export type RunOrder = z.infer<typeof RunOrder>;

/** Nobody waits for the answer to a run any more. */
const Cancel = z.strictObject({ type: z.literal("cancel"), run: Run });

/** Everything an evaluator hears from a validator. */
export const ValidatorMessage = z.discriminatedUnion("type", [Welcome, Refused, RunOrder, Cancel]);
export type ValidatorMessage = z.infer<typeof ValidatorMessage>;

/** A message as a socket hands it over. */
export type Received = string | Buffer | ArrayBuffer | Buffer[];

/** Reads a message; undefined if it is no JSON or nothing the schema knows. */
export function readMessage<T>(schema: z.ZodType<T>, data: Received): T | undefined {
  try {
    return schema.safeParse(JSON.parse(textOf(data))).data;
  } catch {
    return undefined;
  }
}

function textOf(data: Received): string {
  if (typeof data === "string") return data;
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return (Buffer.isBuffer(data) ? data : Buffer.from(data)).toString();
}

/** The secret both sides hold, from the text of its file; undefined if it is too short to be one. */
export function joinSecret(text: string): string | undefined {
  const secret = text.trim();
  return /^[\x21-\x7e]{32,256}$/.test(secret) ? secret : undefined;
}
