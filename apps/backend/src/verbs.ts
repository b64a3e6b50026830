import type { Verbs } from "@assay/api";
import { getArtefact } from "./artefacts/service.ts";
import { pageAudit } from "./audit/service.ts";
import type { Backend } from "./backend.ts";
import { createBan, endBan, listBans } from "./bans/service.ts";
import { compareCandidate } from "./candidates/compare.ts";
import { approveCandidate, rejectCandidate } from "./candidates/decide.ts";
import { recommendCandidate } from "./candidates/recommend.ts";
import { revokeCandidate } from "./candidates/revoke.ts";
import { getCandidate, pageCandidates } from "./candidates/service.ts";
import { archiveCompetition, pauseCompetition, resumeCompetition } from "./competitions/move.ts";
import {
  createCompetition,
  getCompetition,
  listCompetitions,
  thresholdsHistory,
} from "./competitions/service.ts";
import { changeCompetition } from "./competitions/update.ts";
import { getCycle, pageCycles } from "./cycles/service.ts";
import { claimNextJob, extendLease, giveJobBack, releaseLease } from "./jobs/service.ts";
import { collectKey } from "./keys/collect.ts";
import { declareInterests } from "./keys/interests.ts";
import { grantKey, pageRequests, refuseKey, requestKey } from "./keys/requests.ts";
import { createKey, endKey, pageKeys, rotateKey } from "./keys/service.ts";
import { getLeaderboard } from "./leaderboards/service.ts";
import { getLeaders, pageLeaders } from "./leaders/service.ts";
import { reportResult } from "./results/service.ts";
import { getRules, putRules } from "./rules/service.ts";
import { listScores } from "./scores/service.ts";
import { getSettings, putSettings } from "./settings/service.ts";
import { getInputs, getSnapshot, getSnapshotAt, pageSnapshots } from "./snapshots/history.ts";
import { getLatestSnapshot, snapshotSubscriptions } from "./snapshots/service.ts";
import { explainSubmission } from "./submissions/explain.ts";
import { rerun, withdraw } from "./submissions/move.ts";
import { getSubmission, pageSubmissions, submitAgent } from "./submissions/service.ts";
import { describeSystem } from "./system/service.ts";
import { listValidators, recordHeartbeat } from "./validators/service.ts";

/** Every verb of the contract, over one backend. */
export function createVerbs(backend: Backend): Verbs {
  const subscribe = snapshotSubscriptions(backend);
  return {
    artefacts: { get: ({ caller }, input) => getArtefact(backend, { ...input, caller }) },
    audit: { list: (_ctx, input) => pageAudit(backend, input) },
    bans: {
      create: ({ caller }, input) => createBan(backend, { ...input, caller }),
      lift: ({ caller }, input) => endBan(backend, { ...input, caller }),
      list: (_ctx, input) => listBans(backend, input),
    },
    candidates: {
      list: (_ctx, input) => pageCandidates(backend, input),
      get: (_ctx, input) => getCandidate(backend, input),
      compare: (_ctx, input) => compareCandidate(backend, input),
      recommend: ({ caller }, input) => recommendCandidate(backend, { ...input, caller }),
      approve: ({ caller }, input) => approveCandidate(backend, { ...input, caller }),
      reject: ({ caller }, input) => rejectCandidate(backend, { ...input, caller }),
      revoke: ({ caller }, input) => revokeCandidate(backend, { ...input, caller }),
    },
    competitions: {
      create: ({ caller }, input) => createCompetition(backend, { ...input, caller }),
      update: ({ caller }, input) => changeCompetition(backend, { ...input, caller }),
      pause: ({ caller }, input) => pauseCompetition(backend, { ...input, caller }),
      resume: ({ caller }, input) => resumeCompetition(backend, { ...input, caller }),
      archive: ({ caller }, input) => archiveCompetition(backend, { ...input, caller }),
      thresholds: (_ctx, input) => thresholdsHistory(backend, input),
      list: (_ctx, input) => listCompetitions(backend, input),
      get: (_ctx, input) => getCompetition(backend, input),
    },
    cycles: {
      list: (_ctx, input) => pageCycles(backend, input),
      get: (_ctx, input) => getCycle(backend, input),
    },
    jobs: {
      claim: ({ caller }, input) => claimNextJob(backend, { ...input, caller }),
      heartbeat: ({ caller }, input) => extendLease(backend, { ...input, caller }),
      release: ({ caller }, input) => releaseLease(backend, { ...input, caller }),
      fail: ({ caller }, input) => giveJobBack(backend, { ...input, caller }),
    },
    keys: {
      create: ({ caller }, input) => createKey(backend, { ...input, caller }),
      list: (_ctx, input) => pageKeys(backend, input),
      rotate: ({ caller }, input) => rotateKey(backend, { ...input, caller }),
      revoke: ({ caller }, input) => endKey(backend, { ...input, caller }),
      request: ({ caller }, input) => requestKey(backend, { ...input, caller }),
      requests: (_ctx, input) => pageRequests(backend, input),
      grant: ({ caller }, input) => grantKey(backend, { ...input, caller }),
      refuse: ({ caller }, input) => refuseKey(backend, { ...input, caller }),
      collect: ({ caller }, input) => collectKey(backend, { ...input, caller }),
      declareInterests: ({ caller }, input) => declareInterests(backend, { ...input, caller }),
    },
    leaderboards: { get: ({ caller }, input) => getLeaderboard(backend, { ...input, caller }) },
    leaders: {
      list: (ctx) => getLeaders(backend, ctx),
      history: (_ctx, input) => pageLeaders(backend, input),
    },
    results: { report: ({ caller }, input) => reportResult(backend, { ...input, caller }) },
    rules: {
      get: () => getRules(backend),
      put: ({ caller }, input) => putRules(backend, { ...input, caller }),
    },
    scores: { list: ({ caller }, input) => listScores(backend, { ...input, caller }) },
    settings: {
      get: () => getSettings(backend),
      put: ({ caller }, input) => putSettings(backend, { ...input, caller }),
    },
    snapshots: {
      latest: ({ caller }) => getLatestSnapshot(backend, { caller }),
      list: ({ caller }, input) => pageSnapshots(backend, { ...input, caller }),
      get: ({ caller }, input) => getSnapshot(backend, { ...input, caller }),
      atBlock: ({ caller }, input) => getSnapshotAt(backend, { ...input, caller }),
      inputs: ({ caller }, input) => getInputs(backend, { ...input, caller }),
      subscribe: ({ caller }, input, signal) => subscribe({ caller, input, signal }),
    },
    submissions: {
      create: ({ caller }, input) => submitAgent(backend, { ...input, caller }),
      list: ({ caller }, input) => pageSubmissions(backend, { ...input, caller }),
      get: ({ caller }, input) => getSubmission(backend, { ...input, caller }),
      explain: ({ caller }, input) => explainSubmission(backend, { ...input, caller }),
      withdraw: ({ caller }, input) => withdraw(backend, { ...input, caller }),
      rerun: ({ caller }, input) => rerun(backend, { ...input, caller }),
    },
    system: { info: () => describeSystem(backend) },
    validators: {
      heartbeat: ({ caller }, input) => recordHeartbeat(backend, { ...input, caller }),
      list: () => listValidators(backend),
    },
  };
}
