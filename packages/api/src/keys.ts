import { ApiKey, CreatedKey, CreateKey, KeyId, type Page, PageInput, pageOf } from "@assay/core";
import { z } from "zod";
import { adminProcedure, rest, router } from "./trpc.ts";
import type { KeyVerb } from "./verb.ts";

export const KeyRef = z.object({ id: KeyId });
export type KeyRef = z.infer<typeof KeyRef>;

export type KeyVerbs = {
  create: KeyVerb<CreateKey, CreatedKey>;
  list: KeyVerb<PageInput, Page<ApiKey>>;
  revoke: KeyVerb<KeyRef, ApiKey>;
};

export const keysRouter = (verbs: KeyVerbs) =>
  router({
    /** Makes an API key; its token is in this answer and nowhere else. */
    create: adminProcedure
      .meta(rest("POST /admin/keys", { summary: "Create an API key" }))
      .input(CreateKey)
      .output(CreatedKey)
      .mutation(({ ctx, input }) => verbs.create(ctx, input)),
    /** API keys, newest first, without their secrets. */
    list: adminProcedure
      .meta(rest("GET /admin/keys", { summary: "List API keys" }))
      .input(PageInput)
      .output(pageOf(ApiKey))
      .query(({ ctx, input }) => verbs.list(ctx, input)),
    /** Ends a key and the sockets opened with it; revoking twice is harmless. */
    revoke: adminProcedure
      .meta(rest("POST /admin/keys/{id}/revoke", { summary: "Revoke an API key" }))
      .input(KeyRef)
      .output(ApiKey)
      .mutation(({ ctx, input }) => verbs.revoke(ctx, input)),
  });
