import { CONTAINER_PROBE } from "./doctor-containers.ts";
import { EVALUATOR_PROBE } from "./doctor-evaluators.ts";
import type { Probe } from "./doctor-finding.ts";
import { HOST_PROBES } from "./doctor-host.ts";
import { SUBNET_PROBES } from "./doctor-subnet.ts";

/** Everything a doctor looks at, in this order. */
export const PROBES: readonly Probe[] = [...HOST_PROBES, ...SUBNET_PROBES, CONTAINER_PROBE, EVALUATOR_PROBE];
