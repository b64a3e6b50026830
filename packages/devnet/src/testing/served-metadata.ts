import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const file = join(process.env.ASSAY_RECORDED_DATA ?? "", "subtensor-finney-424.metadata-v16.scale");
const isRecorded = existsSync(file);

/** The metadata that clients are tried with: the devnet's own, and mainnet's where the recording is at hand. */
export const SERVED_METADATA = [
  { title: "with its own metadata", isMissing: false, options: {} },
  {
    title: "with the recorded metadata (needs ASSAY_RECORDED_DATA)",
    isMissing: !isRecorded,
    options: isRecorded ? { metadata: new Uint8Array(readFileSync(file)) } : {},
  },
];
