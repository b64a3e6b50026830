import type { Migration } from "kysely/migration";
import { competitions } from "./0001-competitions.ts";
import { evaluation } from "./0002-evaluation.ts";
import { decisions } from "./0003-decisions.ts";
import { operation } from "./0004-operation.ts";
import { peopleAndDecisions } from "./0005-people.ts";
import { publication } from "./0006-publication.ts";
import { retention } from "./0007-retention.ts";
import { extraEpisodes } from "./0008-extra-episodes.ts";
import { indexes } from "./0009-indexes.ts";
import { claimKeys } from "./0010-claim-keys.ts";

/** Every migration in order; a released one is never edited, only followed. */
export const migrations: Record<string, Migration> = {
  "0001-competitions": competitions,
  "0002-evaluation": evaluation,
  "0003-decisions": decisions,
  "0004-operation": operation,
  "0005-people": peopleAndDecisions,
  "0006-publication": publication,
  "0007-retention": retention,
  "0008-extra-episodes": extraEpisodes,
  "0009-indexes": indexes,
  "0010-claim-keys": claimKeys,
};
