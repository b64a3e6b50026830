import { randomUUID } from "node:crypto";

/** What one container and its image are called. */
export type ContainerNames = { readonly name: string; readonly image: string };

const OURS = /(?:^|\/)assay-agent[-:](\d+)-[0-9a-f-]{36}$/;

/** Names nobody else has; they say until when, in seconds, somebody may still want what they name. */
export function newNames(untilMs: number): ContainerNames {
  const id = `${Math.ceil(untilMs / 1_000)}-${randomUUID()}`;
  return { name: `assay-agent-${id}`, image: `assay-agent:${id}` };
}

/** Whether this is a container or image of ours that an evaluator left behind when it was killed. */
export function isAbandoned(name: string, nowMs: number): boolean {
  const until = OURS.exec(name)?.[1];
  return until !== undefined && Number(until) * 1_000 < nowMs;
}
