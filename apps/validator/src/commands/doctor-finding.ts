import type { Chain } from "@assay/chain";
import type { Client } from "@assay/client";
import type { Signer } from "@assay/core";
import type { Settings } from "../env.ts";

/** What one look found, and what to do about it. */
export type Finding = {
  readonly name: string;
  readonly verdict: "pass" | "warn" | "fail";
  readonly says: string;
  readonly advice: string;
};

/** Who is examined; chain and signer are absent if they could not be had. */
export type Patient = {
  readonly settings: Settings;
  readonly folder: string;
  readonly nowMs: () => number;
  /** Connects to one endpoint, for as long as a doctor would wait. */
  readonly connect: (url: string) => Promise<Chain>;
  readonly chain: Chain | undefined;
  readonly signer: Signer | undefined;
  readonly client: Pick<Client, "system" | "snapshots"> | undefined;
};

/** One thing to look at. */
export type Probe = { readonly name: string; readonly look: (patient: Patient) => Promise<Finding[]> };

export function pass(name: string, says: string): Finding {
  return { name, verdict: "pass", says, advice: "" };
}

export function warn(name: string, says: string, advice: string): Finding {
  return { name, verdict: "warn", says, advice };
}

export function fail(name: string, says: string, advice: string): Finding {
  return { name, verdict: "fail", says, advice };
}
