import type { OperatorSettings, QueuedCandidate, Review } from "@assay/api";
import type { Decision } from "@assay/core";
import {
  type CandidateRow,
  type CompetitionRow,
  currentLeaders,
  type Db,
  listCompetitions,
  listReviews,
  type ReviewRow,
} from "@assay/db";
import type { Backend } from "../backend.ts";
import { settingsOf } from "../settings/service.ts";
import { fourEyesCause, isAbout } from "./four-eyes.ts";

const HOUR_MS = 3_600_000;

/** Candidates as they travel, with what concerns their decision. */
export async function candidateViews(
  db: Db,
  { backend, rows }: { backend: Backend; rows: CandidateRow[] },
): Promise<QueuedCandidate[]> {
  const { netuid, clock } = backend;
  const ids = rows.map(({ id }) => id);
  const reviews = Map.groupBy(await listReviews(db, ids), ({ candidateId }) => candidateId);
  const competitions = new Map((await listCompetitions(db, { netuid })).map((row) => [row.id, row]));
  const leaders = new Map((await currentLeaders(db, netuid)).map((row) => [row.competitionId, row]));
  const settings = await settingsOf(db, netuid);
  return rows.map((row) =>
    view(row, {
      settings,
      now: clock.now(),
      competition: competitions.get(row.competitionId),
      leaderCandidateId: leaders.get(row.competitionId)?.candidateId ?? null,
      reviews: reviews.get(row.id) ?? [],
    }),
  );
}

/** One candidate as it travels. */
export async function candidateView(
  db: Db,
  { backend, row }: { backend: Backend; row: CandidateRow },
): Promise<QueuedCandidate> {
  const [only] = await candidateViews(db, { backend, rows: [row] });
  if (only === undefined) throw new RangeError("one row gave no view");
  return only;
}

type Around = {
  settings: OperatorSettings;
  now: number;
  competition: CompetitionRow | undefined;
  leaderCandidateId: string | null;
  reviews: ReviewRow[];
};

function view(row: CandidateRow, around: Around): QueuedCandidate {
  const { settings, now, competition, leaderCandidateId, reviews } = around;
  const waitingMs = row.status === "pending" ? Math.max(0, now - row.pendingSince.getTime()) : null;
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    decision: decisionOf(row),
    pendingSince: row.pendingSince.toISOString(),
    waitingSeconds: waitingMs === null ? null : Math.floor(waitingMs / 1000),
    isOverdue: waitingMs !== null && waitingMs >= settings.reviewSlaHours * HOUR_MS,
    needsFourEyes: competition !== undefined && fourEyesCause(row, competition) !== undefined,
    reviews: reviews.map((review) => reviewView(review, leaderCandidateId)),
  };
}

function reviewView(review: ReviewRow, leaderCandidateId: string | null): Review {
  const { verdict, note, owner, keyId, createdAt } = review;
  const isCurrent = isAbout(review, leaderCandidateId);
  return { verdict, note, owner, keyId, at: createdAt.toISOString(), isCurrent };
}

function decisionOf(row: CandidateRow): Decision | null {
  const { decisionAction: action, decidedBy: by, decidedKeyId: keyId, decidedAt: at } = row;
  if (action === null || by === null || keyId === null || at === null) return null;
  return { action, by, keyId, reason: row.decisionReason, at: at.toISOString() };
}
