import { fileURLToPath } from "node:url";

const isSource = import.meta.url.endsWith(".ts");

/** An app as it is in its own workspace; built, every app lies next to this file. */
function entry(app: string): string {
  const url = isSource ? import.meta.resolve(`@assay/${app}/main`) : new URL(`./${app}.js`, import.meta.url);
  return fileURLToPath(url);
}

/** The processes the command line starts, by name: files Node.js runs as they are. */
export const entries = {
  backend: entry("backend"),
  devnet: entry("devnet"),
  evaluator: entry("evaluator"),
  miner: entry("miner"),
  validator: entry("validator"),
} as const;
