import { expect, test } from "vitest";
import * as api from "./index.ts";

test("exports exactly these values", () => {
  expect(Object.keys(api).toSorted()).toEqual([
    "AcceptedSubmission",
    "ApiError",
    "Artefact",
    "ArtefactRef",
    "CandidateRef",
    "CompetitionRef",
    "ConnectionParams",
    "CycleRef",
    "FailJob",
    "FailedJob",
    "HeartbeatAnswer",
    "KeyRef",
    "Lease",
    "LeaseRef",
    "ListCandidates",
    "ListCycles",
    "ListSubmissions",
    "PutRules",
    "ROLES",
    "Refusal",
    "ResultReceipt",
    "RulesInForce",
    "STATUS",
    "SubmissionRef",
    "SubscribeSnapshots",
    "SystemInfo",
    "asApiError",
    "callByPath",
    "createRouter",
    "describeProcedures",
    "openApiDocument",
    "wireError",
  ]);
});
