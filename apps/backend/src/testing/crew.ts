import { type Client, ClientError } from "@assay/client";
import type { Job } from "@assay/core";
import type { Fleet, Replica } from "./fleet.ts";
import type { Ledger } from "./ledger.ts";
import { persist } from "./persist.ts";
import { type Watcher, watch } from "./watcher.ts";
import { signedResult } from "./work.ts";
import { hotkeyOf } from "./world.ts";

/** A validator as backends know it: it subscribes, says that it is alive, evaluates and reports. */
export type Member = {
  readonly watcher: Watcher;
  beat(): Promise<void>;
  /** The next job, if there is one. */
  claim(): Promise<Job | null>;
  /** Evaluates, and reports until it is acknowledged or too late; `first` is asked first. */
  answer(job: Job, first?: Replica): Promise<void>;
};

export type CrewOptions = { fleet: Fleet; admin: Client; ledger: Ledger };

/** Gives a validator a key and lets it subscribe and report. */
export async function enlistMember(name: string, { fleet, admin, ledger }: CrewOptions): Promise<Member> {
  const signer = await hotkeyOf(name);
  const input = { name, role: "validator", hotkey: signer.address } as const;
  const { token: apiKey } = await admin.keys.create(input);
  const client = fleet.client({ signer, apiKey });
  const watcher = watch(client);
  const member: Member = {
    watcher,
    async beat() {
      const alive = { softwareVersion: "0.1.0", duties: ["evaluate" as const], lastSet: null };
      const snapshotVersion = watcher.heard.at(-1)?.version ?? null;
      await persist(() => client.validators.heartbeat({ ...alive, snapshotVersion }));
    },
    claim: () => persist(() => client.jobs.claim()),
    async answer(job, first) {
      const episode = ledger.episodeOf(job.artefactSha256);
      const signed = await signedResult({ name, job, episodes: job.seeds.map(() => episode) });
      const reporting = first === undefined ? client : fleet.client({ signer, first });
      const receipt = await persist(() => reporting.results.report(signed)).catch(ignoreLostLease);
      if (receipt !== undefined) ledger.results.push({ cycleId: job.cycleId, ...receipt });
    },
  };
  await member.beat();
  return member;
}

/** Claims and answers until there is nothing left to do. */
export async function workOff(member: Member): Promise<void> {
  for (let job = await member.claim(); job !== null; job = await member.claim()) await member.answer(job);
}

/** Somebody else has the job by now, or its cycle is over: nothing was acknowledged. */
function ignoreLostLease(error: unknown): undefined {
  if (error instanceof ClientError && error.code === "API_LEASE_LOST") return undefined;
  throw error;
}
