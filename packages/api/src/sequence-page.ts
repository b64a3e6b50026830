import { PageInput } from "@assay/core";
import { z } from "zod";

const MAX_SEQUENCE = 2_147_483_647;

const isSequence = (text: string): boolean => /^\d{1,10}$/.test(text) && Number(text) <= MAX_SEQUENCE;

/** Input of a list whose cursor is a number in a sequence. */
export const SequencePage = PageInput.extend({
  cursor: z.string().refine(isSequence, "expected the nextCursor of a page").nullish(),
});
