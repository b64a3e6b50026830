import { CodedError } from "@assay/core";
import { errorText } from "../error-text.ts";
import { adviceFor } from "./doctor-advice.ts";
import type { Finding, Patient } from "./doctor-finding.ts";
import { PROBES } from "./doctor-probes.ts";

/** Looks at everything this validator depends on; each probe says pass, warn or fail, and what to do. */
export async function examine(patient: Patient): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, look } of PROBES) findings.push(...(await lookSafely(name, () => look(patient))));
  return findings;
}

/** A probe that fails to look has found something too. */
async function lookSafely(name: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    const says = errorText(error);
    const advice = error instanceof CodedError ? adviceFor(String(error.code)) : "look at the line above";
    return [{ name, verdict: "fail", says, advice }];
  }
}

const MARKS = { pass: "pass", warn: "WARN", fail: "FAIL" } as const;

/** The findings for people, one line each, advice below what needs it. */
export function renderFindings(findings: readonly Finding[]): string {
  return findings
    .map(({ name, verdict, says, advice }) => {
      const line = `${MARKS[verdict]}  ${name.padEnd(14)}${says}`;
      return verdict === "pass" ? line : `${line}\n      ${advice}`;
    })
    .join("\n");
}

/** Whether nothing failed; warnings let a validator run. */
export function isFit(findings: readonly Finding[]): boolean {
  return findings.every(({ verdict }) => verdict !== "fail");
}
