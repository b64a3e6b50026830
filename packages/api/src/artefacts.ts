import { Sha256 } from "@assay/core";
import { z } from "zod";
import { router, validatorProcedure } from "./trpc.ts";
import type { HotkeyVerb } from "./verb.ts";

export const ArtefactRef = z.object({ sha256: Sha256 });
export type ArtefactRef = z.infer<typeof ArtefactRef>;

/** The bytes of an agent, base64 (RFC 4648, padded). */
export const Artefact = z.object({ sha256: Sha256, artefact: z.base64() });
export type Artefact = z.infer<typeof Artefact>;

export type ArtefactVerbs = { get: HotkeyVerb<ArtefactRef, Artefact> };

export const artefactsRouter = (verbs: ArtefactVerbs) =>
  router({
    /** An agent's bytes, for a validator that has or had a job on it. */
    get: validatorProcedure
      .input(ArtefactRef)
      .output(Artefact)
      .query(({ ctx, input }) => verbs.get(ctx, input)),
  });
