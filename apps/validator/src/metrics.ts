import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** Everything this process tells Prometheus; README.md says what each name means. */
export type Metrics = ReturnType<typeof createMetrics>;

/** A registry of its own per process: nothing is shared between two validators in one test. */
export function createMetrics() {
  const registry = new Registry();
  const make: Make = {
    gauge: (name, help, labelNames = []) => new Gauge({ name, help, labelNames, registers: [registry] }),
    counter: (name, help, labelNames = []) => new Counter({ name, help, labelNames, registers: [registry] }),
  };
  const dutySeconds = new Histogram({
    name: "assay_validator_duty_seconds",
    help: "How long a run of a duty took",
    labelNames: ["duty"],
    buckets: [0.01, 0.1, 1, 10, 60, 600],
    registers: [registry],
  });
  return { registry, dutySeconds, ...weightMetrics(make), ...workMetrics(make) };
}

type Make = {
  gauge: <Label extends string = never>(name: string, help: string, labels?: Label[]) => Gauge<Label>;
  counter: <Label extends string = never>(name: string, help: string, labels?: Label[]) => Counter<Label>;
};

function weightMetrics({ gauge, counter }: Make) {
  return {
    lastSetBlock: gauge("assay_validator_last_set_block", "Block that included the last confirmed weights"),
    blocksSinceSet: gauge("assay_validator_since_last_set_blocks", "Blocks since the last confirmed weights"),
    overdueTempos: gauge("assay_validator_overdue_tempos", "Whole tempos since the last confirmed weights"),
    epochsMissed: counter("assay_validator_epochs_missed_total", "Epochs that ended without weights of ours"),
    epochIndex: gauge("assay_validator_epoch_index", "Epoch index of the subnet"),
    blocksToEpoch: gauge("assay_validator_next_epoch_blocks", "Blocks until the next epoch"),
    snapshotVersion: gauge("assay_validator_snapshot_version", "Version of the newest verified snapshot"),
    snapshotAge: gauge(
      "assay_validator_snapshot_age_blocks",
      "Blocks since the newest snapshot was computed",
    ),
    snapshotValid: gauge("assay_validator_snapshot_valid_blocks", "Blocks until the newest snapshot expires"),
    snapshots: counter("assay_validator_snapshots_total", "Received snapshots by verdict", ["verdict"]),
    recomputed: counter("assay_validator_recomputed_total", "Snapshots computed again, by outcome", [
      "outcome",
    ]),
    isHeld: gauge("assay_validator_held", "1 while weights are held"),
    holds: counter("assay_validator_holds_total", "Times weights were held, by reason", ["reason"]),
    extrinsics: counter("assay_validator_extrinsics_total", "Weight extrinsics by what became of them", [
      "outcome",
    ]),
    intents: gauge("assay_validator_journal_intents", "Intents in the journal by state", ["state"]),
  };
}

function workMetrics({ gauge, counter }: Make) {
  return {
    jobs: counter("assay_validator_jobs_total", "Evaluation jobs by outcome", ["outcome"]),
    evaluators: gauge("assay_validator_evaluators", "Evaluators of other hosts that have joined"),
    evaluatorRefusals: counter(
      "assay_validator_evaluator_refusals_total",
      "Evaluators that were not let in or cut off, by reason",
      ["reason"],
    ),
    backlog: gauge("assay_validator_backlog_results", "Results the backend has not acknowledged"),
    duties: counter("assay_validator_duties_total", "Runs of a duty by outcome", ["duty", "outcome"]),
    isChainUp: gauge("assay_validator_chain_up", "1 if the chain showed a new block in the last 2 minutes"),
    isBackendUp: gauge("assay_validator_backend_up", "1 if the backend took the last heartbeat"),
    headBlock: gauge("assay_validator_head_block", "Newest finalised block"),
    headAge: gauge("assay_validator_head_age_seconds", "Seconds since the newest finalised block arrived"),
    build: gauge("assay_validator_build_info", "1, with the version as a label", ["version"]),
  };
}
