import { MAX_ARTEFACT_BYTES } from "@assay/core";

/** The contract between a module and its host, as `docs/agents.md` states it. */
export const AGENT_ABI = {
  /** Bytes of a module. */
  maxBytes: MAX_ARTEFACT_BYTES,
  /** Memory in pages of 64 KiB: 4 MiB. */
  maxPages: 64,
  /** Resident memory of the whole process, the engine and the compiled code included: 512 MiB. */
  maxProcessBytes: 536_870_912,
  /** Entries of all tables. */
  maxTableEntries: 16_384,
  /** Where the host writes observations: up to 64 numbers, f64 little-endian. */
  observationOffset: 256,
  /** Where the agent writes its action: up to 32 numbers, f64 little-endian. */
  actionOffset: 768,
  /** The first byte an agent may call its own. */
  ownOffset: 1_024,
} as const;
