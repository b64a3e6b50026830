import { fileURLToPath } from "node:url";

/** The processes the command line starts, by name: files Node.js runs as they are. */
export const entries = {
  backend: fileURLToPath(import.meta.resolve("@assay/backend/main")),
  devnet: fileURLToPath(import.meta.resolve("@assay/devnet/main")),
  miner: fileURLToPath(import.meta.resolve("@assay/miner/main")),
  validator: fileURLToPath(import.meta.resolve("@assay/validator/main")),
} as const;
