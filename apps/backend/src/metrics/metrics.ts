import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** Everything this replica tells Prometheus; README.md says what each name means. */
export type Metrics = ReturnType<typeof createMetrics>;

/** A registry of its own per replica: nothing is shared between two in one process. */
export function createMetrics() {
  const registry = new Registry();
  const make: Make = {
    gauge: (name, help, labelNames = []) => new Gauge({ name, help, labelNames, registers: [registry] }),
    counter: (name, help, labelNames = []) => new Counter({ name, help, labelNames, registers: [registry] }),
  };
  const dutySeconds = new Histogram({
    name: "assay_backend_duty_seconds",
    help: "How long a run of a duty took",
    labelNames: ["duty"],
    buckets: [0.01, 0.1, 1, 10, 60, 600],
    registers: [registry],
  });
  const requestSeconds = new Histogram({
    name: "assay_backend_request_seconds",
    help: "How long callers over HTTP waited for their answer",
    labelNames: ["procedure"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    registry,
    procedures: new Set<string>(),
    dutySeconds,
    requestSeconds,
    ...callMetrics(make),
    ...stateMetrics(make),
    ...queueMetrics(make),
  };
}

type Make = {
  gauge: <Label extends string = never>(name: string, help: string, labels?: Label[]) => Gauge<Label>;
  counter: <Label extends string = never>(name: string, help: string, labels?: Label[]) => Counter<Label>;
};

/** Counted where things happen. */
function callMetrics({ gauge, counter }: Make) {
  return {
    requests: counter(
      "assay_backend_requests_total",
      "Answers over HTTP, and refusals on sockets, by error code",
      ["procedure", "code"],
    ),
    results: counter("assay_backend_results_total", "Reported results by what became of them", ["outcome"]),
    subscribers: gauge("assay_backend_subscribers", "Open subscriptions to snapshots"),
    duties: counter("assay_backend_duties_total", "Runs of a duty by outcome", ["duty", "outcome"]),
    dutyLastRun: gauge("assay_backend_duty_last_run_seconds", "Unix time of a duty's last good run here", [
      "duty",
    ]),
  };
}

/** Read when somebody asks. */
function stateMetrics({ gauge }: Make) {
  return {
    sockets: gauge("assay_backend_sockets", "Open sockets of this replica"),
    snapshotVersion: gauge("assay_backend_snapshot_version", "Newest version this replica sends"),
    snapshotAge: gauge("assay_backend_snapshot_age_blocks", "Blocks since the newest snapshot was computed"),
    tempo: gauge("assay_backend_tempo_blocks", "Blocks of an epoch, as the chain says"),
    chainAge: gauge("assay_backend_chain_age_seconds", "Seconds since the chain last answered"),
    poolConnections: gauge("assay_backend_database_connections", "Connections to the database by state", [
      "state",
    ]),
    poolWaiting: gauge("assay_backend_database_waiting_queries", "Queries that wait for a connection"),
    build: gauge("assay_backend_build_info", "1, with the version as a label", ["version"]),
  };
}

/** Read from the database after each scrape, for the next. */
function queueMetrics({ gauge }: Make) {
  return {
    pendingCandidates: gauge("assay_backend_pending_candidates", "Candidates that wait for a decision"),
    overdueCandidates: gauge(
      "assay_backend_overdue_candidates",
      "Candidates that wait longer than reviewSlaHours",
    ),
    dutyLate: gauge(
      "assay_backend_duty_late_seconds",
      "Seconds a duty has been due without any replica having it",
      ["duty"],
    ),
  };
}
