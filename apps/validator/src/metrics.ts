import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** Everything this process tells Prometheus; README.md says what each name means. */
export type Metrics = ReturnType<typeof createMetrics>;

/** A registry of its own per process: nothing is shared between two validators in one test. */
export function createMetrics() {
  const registry = new Registry();
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  return { registry, ...weightMetrics(registry, gauge), ...workMetrics(registry, gauge) };
}

type MakeGauge = (name: string, help: string) => Gauge;

function weightMetrics(registry: Registry, gauge: MakeGauge) {
  const registers = [registry];
  return {
    lastSetBlock: gauge("assay_validator_last_set_block", "Block that included the last confirmed weights"),
    blocksSinceSet: gauge("assay_validator_since_last_set_blocks", "Blocks since the last confirmed weights"),
    overdueTempos: gauge("assay_validator_overdue_tempos", "Whole tempos since the last confirmed weights"),
    epochsMissed: new Counter({
      ...{ name: "assay_validator_epochs_missed_total", help: "Epochs that ended without weights of ours" },
      registers,
    }),
    epochIndex: gauge("assay_validator_epoch_index", "Epoch index of the subnet"),
    blocksToEpoch: gauge("assay_validator_next_epoch_blocks", "Blocks until the next epoch"),
    snapshotVersion: gauge("assay_validator_snapshot_version", "Version of the newest verified snapshot"),
    snapshotAge: gauge(
      "assay_validator_snapshot_age_blocks",
      "Blocks since the newest snapshot was computed",
    ),
    snapshotValid: gauge("assay_validator_snapshot_valid_blocks", "Blocks until the newest snapshot expires"),
    snapshots: new Counter({
      ...{ name: "assay_validator_snapshots_total", help: "Received snapshots by verdict" },
      labelNames: ["verdict"] as const,
      registers,
    }),
    isHeld: gauge("assay_validator_held", "1 while weights are held"),
    holds: new Counter({
      ...{ name: "assay_validator_holds_total", help: "Times weights were held, by reason" },
      labelNames: ["reason"] as const,
      registers,
    }),
    extrinsics: new Counter({
      ...{ name: "assay_validator_extrinsics_total", help: "Weight extrinsics by what became of them" },
      labelNames: ["outcome"] as const,
      registers,
    }),
    intents: new Gauge({
      ...{ name: "assay_validator_journal_intents", help: "Intents in the journal by state" },
      labelNames: ["state"] as const,
      registers,
    }),
  };
}

function workMetrics(registry: Registry, gauge: MakeGauge) {
  const registers = [registry];
  return {
    jobs: new Counter({
      ...{ name: "assay_validator_jobs_total", help: "Evaluation jobs by outcome" },
      labelNames: ["outcome"] as const,
      registers,
    }),
    backlog: gauge("assay_validator_backlog_results", "Results the backend has not acknowledged"),
    duties: new Counter({
      ...{ name: "assay_validator_duties_total", help: "Runs of a duty by outcome" },
      labelNames: ["duty", "outcome"] as const,
      registers,
    }),
    dutySeconds: new Histogram({
      ...{ name: "assay_validator_duty_seconds", help: "How long a run of a duty took" },
      labelNames: ["duty"] as const,
      buckets: [0.01, 0.1, 1, 10, 60, 600],
      registers,
    }),
    isChainUp: gauge("assay_validator_chain_up", "1 if the chain showed a new block in the last 2 minutes"),
    isBackendUp: gauge("assay_validator_backend_up", "1 if the backend took the last heartbeat"),
    headBlock: gauge("assay_validator_head_block", "Newest finalised block"),
    headAge: gauge("assay_validator_head_age_seconds", "Seconds since the newest finalised block arrived"),
    build: new Gauge({
      ...{ name: "assay_validator_build_info", help: "1, with the version as a label" },
      labelNames: ["version"] as const,
      registers,
    }),
  };
}
