import { ApiError } from "@assay/api";
import {
  type CandidateRow,
  type CompetitionRow,
  findCurrentLeader,
  listKeysInForce,
  listReviews,
  type ReviewRow,
  type Trx,
} from "@assay/db";
import { type Backend, nowOf } from "../backend.ts";
import { stakeIn } from "./impartial.ts";

/** Why approving a candidate takes two people; undefined if one is enough. */
export function fourEyesCause(
  candidate: Pick<CandidateRow, "contested">,
  competition: Pick<CompetitionRow, "fourEyes">,
): "contested" | "competition" | undefined {
  if (candidate.contested) return "contested";
  return competition.fourEyes ? "competition" : undefined;
}

type Approval = { backend: Backend; candidate: CandidateRow; competition: CompetitionRow; owner: string };

/** Throws API_FOUR_EYES_NEEDED unless somebody else recommends what the owner of a key is about to approve. */
export async function assertFourEyes(trx: Trx, approval: Approval): Promise<string[]> {
  const { candidate, competition, owner } = approval;
  const cause = fourEyesCause(candidate, competition);
  const recommendedBy = await recommenders(trx, approval);
  if (cause === undefined || recommendedBy.some((other) => other !== owner)) return recommendedBy;
  const why = cause === "contested" ? "the validators' medians disagree" : "the competition asks for it";
  const message = `Approving takes two people, because ${why}: somebody other than ${owner} must recommend it first.`;
  throw new ApiError(
    { code: "API_FOUR_EYES_NEEDED", id: candidate.id, cause, decides: owner, recommendedBy },
    message,
  );
}

/** Impartial people whose last word, by a key still in force and about the present leader, is to approve. */
async function recommenders(trx: Trx, { backend, candidate }: Approval): Promise<string[]> {
  const leader = await findCurrentLeader(trx, candidate.competitionId);
  const reviews = await listReviews(trx, [candidate.id]);
  const last = new Map(
    reviews.filter(({ verdict }) => verdict !== "note").map((review) => [review.owner, review]),
  );
  const favourable = [...last.values()].filter(
    (review) => review.verdict === "approve" && isAbout(review, leader?.candidateId ?? null),
  );
  const ids = favourable.map(({ keyId }) => keyId);
  const inForce = new Set(await listKeysInForce(trx, { ids, now: nowOf(backend) }));
  const owners: string[] = [];
  for (const { owner, keyId } of favourable)
    if (inForce.has(keyId) && (await stakeIn(trx, { backend, candidate, owner })) === undefined)
      owners.push(owner);
  return owners;
}

/** Whether a review was written about the comparison with the present leader. */
export function isAbout({ leaderCandidateId }: ReviewRow, present: string | null): boolean {
  return leaderCandidateId === present;
}
