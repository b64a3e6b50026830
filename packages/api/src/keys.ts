import { ApiKey, CreatedKey, CreateKey, KeyId, type Page, PageInput, pageOf } from "@assay/core";
import { z } from "zod";
import {
  DeclareInterests,
  GrantKey,
  Interests,
  KeyRequest,
  KeyRequestRef,
  ListKeyRequests,
  RefuseKey,
  RequestKey,
  RotateKey,
} from "./key-requests.ts";
import { adminProcedure, rest, reviewerProcedure, router, signedProcedure } from "./trpc.ts";
import type { HotkeyVerb, KeyVerb } from "./verb.ts";

export const KeyRef = z.object({ id: KeyId });
export type KeyRef = z.infer<typeof KeyRef>;

export type KeyVerbs = {
  create: KeyVerb<CreateKey, CreatedKey>;
  list: KeyVerb<PageInput, Page<ApiKey>>;
  rotate: KeyVerb<RotateKey, CreatedKey>;
  revoke: KeyVerb<KeyRef, ApiKey>;
  request: HotkeyVerb<RequestKey, KeyRequest>;
  requests: KeyVerb<ListKeyRequests, Page<KeyRequest>>;
  grant: KeyVerb<GrantKey, KeyRequest>;
  refuse: KeyVerb<RefuseKey, KeyRequest>;
  collect: HotkeyVerb<KeyRequestRef, CreatedKey>;
  declareInterests: KeyVerb<DeclareInterests, Interests>;
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
    /** Makes a key that takes the place of another, which goes on working for a while. */
    rotate: adminProcedure
      .meta(rest("POST /admin/keys/{id}/rotate", { summary: "Rotate an API key" }))
      .input(RotateKey)
      .output(CreatedKey)
      .mutation(({ ctx, input }) => verbs.rotate(ctx, input)),
    /** Ends a key and the sockets opened with it; revoking twice is harmless. */
    revoke: adminProcedure
      .meta(rest("POST /admin/keys/{id}/revoke", { summary: "Revoke an API key" }))
      .input(KeyRef)
      .output(ApiKey)
      .mutation(({ ctx, input }) => verbs.revoke(ctx, input)),
    /** Asks for a key bound to the signing hotkey; asking again before it is decided gives the same request. */
    request: signedProcedure
      .input(RequestKey)
      .output(KeyRequest)
      .mutation(({ ctx, input }) => verbs.request(ctx, input)),
    /** Requests for keys, newest first. */
    requests: adminProcedure
      .meta(rest("GET /admin/key-requests", { summary: "List requests for keys" }))
      .input(ListKeyRequests)
      .output(pageOf(KeyRequest))
      .query(({ ctx, input }) => verbs.requests(ctx, input)),
    /** Lets the requester collect its key. CONFLICT if the request is decided. */
    grant: adminProcedure
      .meta(rest("POST /admin/key-requests/{id}/grant", { summary: "Grant a request for a key" }))
      .input(GrantKey)
      .output(KeyRequest)
      .mutation(({ ctx, input }) => verbs.grant(ctx, input)),
    /** Turns a request down with a reason. CONFLICT if the request is decided. */
    refuse: adminProcedure
      .meta(rest("POST /admin/key-requests/{id}/refuse", { summary: "Refuse a request for a key" }))
      .input(RefuseKey)
      .output(KeyRequest)
      .mutation(({ ctx, input }) => verbs.refuse(ctx, input)),
    /** Makes the key of a granted request and shows it to its requester only; collecting again ends the one before. */
    collect: signedProcedure
      .input(KeyRequestRef)
      .output(CreatedKey)
      .mutation(({ ctx, input }) => verbs.collect(ctx, input)),
    /** States which hotkeys and coldkeys the caller has a stake in: it may not approve for them. */
    declareInterests: reviewerProcedure
      .meta(rest("POST /admin/interests", { summary: "Declare interests" }))
      .input(DeclareInterests)
      .output(Interests)
      .mutation(({ ctx, input }) => verbs.declareInterests(ctx, input)),
  });
