import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Certificate, Receipt } from "@assay/core";
import { z } from "zod";
import { homeFolder, readJson, readText } from "../../env.ts";
import { CliError } from "../../errors.ts";

/** A receipt, and the file it was read from. */
export type KeptReceipt = { readonly file: string; readonly receipt: Receipt };

/** As miners keep them, one in a file; or as a validator prints them, one in a line beside its job. */
const Given = z.union([Receipt, z.object({ receipt: Receipt }).transform(({ receipt }) => receipt)]);

/** Every receipt of a file. Throws CLI_NOT_JSON for anything else. */
export function receiptsIn(file: string): KeptReceipt[] {
  const text = readText(file);
  const whole = parsed(text);
  const lines = whole === undefined ? text.split("\n").filter((line) => line.trim() !== "") : [];
  const receipts = whole === undefined ? lines.map(parsed) : [whole];
  return receipts.map((receipt) => {
    if (receipt !== undefined) return { file, receipt };
    throw new CliError({ code: "CLI_NOT_JSON", file }, `${file} holds something that is no receipt`);
  });
}

function parsed(text: string): Receipt | undefined {
  try {
    return Given.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The files in which `submit` and the miner keep receipts, by name. */
export function receiptFiles(): string[] {
  const folder = join(homeFolder(), "receipts");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.toSorted().map((name) => join(folder, name));
}

const WithCertificate = z.union([
  Certificate,
  z.object({ certificate: Certificate }).transform(({ certificate }) => certificate),
]);

/** A certificate by itself, or that of a signed snapshot or of what a backend says of itself. Throws CLI_NOT_JSON. */
export function certificateIn(file: string): Certificate {
  const { data } = WithCertificate.safeParse(readJson(file));
  if (data !== undefined) return data;
  throw new CliError({ code: "CLI_NOT_JSON", file }, `${file} holds no certificate`);
}
