import { CodedError } from "@assay/core";
import type { TRPCError } from "@trpc/server";
import type { Access } from "./access.ts";

/** One complaint of a schema about one field of the input. */
export type InputIssue = { path: string; message: string };

/** Everything the backend refuses, by code. */
export type ApiErrorFacts =
  | { code: "API_INTERNAL" }
  | { code: "API_UNKNOWN_PROCEDURE"; path: string }
  | { code: "API_METHOD_NOT_SUPPORTED"; reason: string }
  | { code: "API_INVALID_INPUT"; issues: InputIssue[] }
  | { code: "API_MALFORMED_REQUEST"; reason: string }
  | { code: "API_BODY_TOO_LARGE"; limitBytes: number }
  | { code: "API_RATE_LIMITED"; retryAfterSeconds: number }
  | { code: "API_TOO_MANY"; what: "sockets" | "subscriptions"; limit: number }
  // who calls
  | { code: "API_UNAUTHENTICATED"; needs: Access }
  | { code: "API_FORBIDDEN"; needs: Access; has: string }
  | { code: "API_INVALID_KEY" }
  | { code: "API_KEY_REVOKED"; id: string }
  | { code: "API_KEY_EXPIRED"; id: string; expiredAt: string }
  | { code: "API_PROOF_NEEDED"; hotkey: string }
  | { code: "API_PERMIT_NEEDED"; hotkey: string | null; netuid: number }
  | { code: "API_MALFORMED_SIGNATURE"; header: string }
  | { code: "API_REQUEST_EXPIRED"; skewMs: number; windowMs: number }
  | { code: "API_UNKNOWN_HOTKEY"; hotkey: string; netuid: number }
  | { code: "API_BODY_HASH_MISMATCH"; claimed: string; actual: string }
  | { code: "API_INVALID_SIGNATURE"; signer: string; purpose: string; netuid: number; audiences: string[] }
  | { code: "API_REPLAYED"; nonce: string }
  | { code: "API_STALE_METAGRAPH"; netuid: number; ageSeconds: number; limitSeconds: number }
  // what is asked for
  | { code: "API_NOT_FOUND"; kind: string; id: string }
  | { code: "API_COMPETITION_NOT_OPEN"; id: string; status: string }
  | { code: "API_ARTEFACT_HASH_MISMATCH"; claimed: string; actual: string }
  | { code: "API_DUPLICATE_ARTEFACT"; sha256: string; submissionId: string }
  | { code: "API_JOB_NOT_YOURS"; id: string }
  | { code: "API_LEASE_LOST"; id: string; attempt: number }
  | { code: "API_RESULT_REFUSED"; jobId: string; field: string; expected: string; actual: string }
  | { code: "API_RESULT_CONFLICT"; jobId: string; attempt: number; recordedSha256: string }
  | { code: "API_CANDIDATE_NOT_PENDING"; id: string; status: string }
  | {
      code: "API_CANDIDATE_STALE";
      id: string;
      cause: "unregistered" | "banned" | "ineligible" | "below-bar" | "leader-changed";
      difference: string;
    }
  | { code: "API_CANDIDATE_NOT_APPROVED"; id: string; status: string }
  | {
      code: "API_FOUR_EYES_NEEDED";
      id: string;
      cause: "contested" | "competition";
      decides: string;
      recommendedBy: string[];
    }
  | { code: "API_CONFLICT_OF_INTEREST"; id: string; owner: string; address: string }
  | { code: "API_COMPETITION_STATUS"; id: string; status: string; action: string }
  | { code: "API_THRESHOLDS_CHANGED"; basedOn: number; inForce: number }
  | { code: "API_BANNED"; address: string; id: string; reason: string }
  | { code: "API_BAN_CONFLICT"; address: string; id: string; status: "in-force" | "lifted" }
  | { code: "API_KEY_REQUEST_STATUS"; id: string; status: string }
  | { code: "API_KEY_REPLACED"; id: string; replacedBy: string }
  | { code: "API_SUBMISSION_STATUS"; id: string; status: string; action: "withdraw" | "rerun" }
  | { code: "API_SUBMISSION_TOO_SOON"; competitionId: string; nextBlock: number; block: number }
  | { code: "API_SUBMISSION_QUOTA"; limit: number; windowBlocks: number; nextBlock: number }
  | { code: "API_SETTINGS_CHANGED"; basedOn: number; newest: number }
  | { code: "API_RULES_CHANGED"; replaces: number; newest: number }
  | { code: "API_RULES_TOO_EARLY"; fromBlock: number; earliest: number }
  | { code: "API_RULES_MISMATCH"; field: "netuid" | "mechid"; expected: number; actual: number };

export type ApiErrorCode = ApiErrorFacts["code"];

/** A refusal whose code and facts the caller receives. */
export class ApiError extends CodedError<ApiErrorFacts> {}

/** Transport status of every code; a forgotten one does not compile. */
export const STATUS = {
  API_INTERNAL: "INTERNAL_SERVER_ERROR",
  API_UNKNOWN_PROCEDURE: "NOT_FOUND",
  API_METHOD_NOT_SUPPORTED: "METHOD_NOT_SUPPORTED",
  API_INVALID_INPUT: "BAD_REQUEST",
  API_MALFORMED_REQUEST: "BAD_REQUEST",
  API_BODY_TOO_LARGE: "PAYLOAD_TOO_LARGE",
  API_RATE_LIMITED: "TOO_MANY_REQUESTS",
  API_TOO_MANY: "TOO_MANY_REQUESTS",
  API_UNAUTHENTICATED: "UNAUTHORIZED",
  API_FORBIDDEN: "FORBIDDEN",
  API_INVALID_KEY: "UNAUTHORIZED",
  API_KEY_REVOKED: "UNAUTHORIZED",
  API_KEY_EXPIRED: "UNAUTHORIZED",
  API_PROOF_NEEDED: "UNAUTHORIZED",
  API_PERMIT_NEEDED: "FORBIDDEN",
  API_MALFORMED_SIGNATURE: "UNAUTHORIZED",
  API_REQUEST_EXPIRED: "UNAUTHORIZED",
  API_UNKNOWN_HOTKEY: "FORBIDDEN",
  API_BODY_HASH_MISMATCH: "UNAUTHORIZED",
  API_INVALID_SIGNATURE: "UNAUTHORIZED",
  API_REPLAYED: "UNAUTHORIZED",
  API_STALE_METAGRAPH: "SERVICE_UNAVAILABLE",
  API_NOT_FOUND: "NOT_FOUND",
  API_COMPETITION_NOT_OPEN: "PRECONDITION_FAILED",
  API_ARTEFACT_HASH_MISMATCH: "BAD_REQUEST",
  API_DUPLICATE_ARTEFACT: "CONFLICT",
  API_JOB_NOT_YOURS: "FORBIDDEN",
  API_LEASE_LOST: "CONFLICT",
  API_RESULT_REFUSED: "UNPROCESSABLE_CONTENT",
  API_RESULT_CONFLICT: "CONFLICT",
  API_CANDIDATE_NOT_PENDING: "CONFLICT",
  API_CANDIDATE_STALE: "CONFLICT",
  API_CANDIDATE_NOT_APPROVED: "CONFLICT",
  API_FOUR_EYES_NEEDED: "CONFLICT",
  API_CONFLICT_OF_INTEREST: "FORBIDDEN",
  API_COMPETITION_STATUS: "CONFLICT",
  API_THRESHOLDS_CHANGED: "CONFLICT",
  API_BANNED: "FORBIDDEN",
  API_BAN_CONFLICT: "CONFLICT",
  API_KEY_REQUEST_STATUS: "CONFLICT",
  API_KEY_REPLACED: "CONFLICT",
  API_SUBMISSION_STATUS: "CONFLICT",
  API_SUBMISSION_TOO_SOON: "TOO_MANY_REQUESTS",
  API_SUBMISSION_QUOTA: "TOO_MANY_REQUESTS",
  API_SETTINGS_CHANGED: "CONFLICT",
  API_RULES_CHANGED: "CONFLICT",
  API_RULES_TOO_EARLY: "BAD_REQUEST",
  API_RULES_MISMATCH: "BAD_REQUEST",
} as const satisfies Record<ApiErrorCode, TRPCError["code"]>;
