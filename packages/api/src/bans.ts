import { Address, IsoTime, idOf, type Page, PageInput, pageOf } from "@assay/core";
import { z } from "zod";
import { adminProcedure, rest, reviewerProcedure, router } from "./trpc.ts";
import type { KeyVerb } from "./verb.ts";

export const BanId = idOf("ban");

const Reason = z.string().trim().min(3).max(2000);

/** A hotkey or coldkey that may neither submit nor lead. */
export const Ban = z.object({
  id: BanId,
  address: Address,
  reason: z.string(),
  bannedBy: z.string(),
  createdAt: IsoTime,
  liftedAt: IsoTime.nullable(),
  liftedBy: z.string().nullable(),
  liftReason: z.string().nullable(),
});
export type Ban = z.infer<typeof Ban>;

export const CreateBan = z.object({ address: Address, reason: Reason });
export type CreateBan = z.infer<typeof CreateBan>;

export const LiftBan = z.object({ id: BanId, reason: Reason });
export type LiftBan = z.infer<typeof LiftBan>;

export const ListBans = PageInput.extend({
  /** "true" leaves out those that have been lifted. */
  inForce: z.enum(["true", "false"]).nullish(),
});
export type ListBans = z.infer<typeof ListBans>;

export type BanVerbs = {
  create: KeyVerb<CreateBan, Ban>;
  lift: KeyVerb<LiftBan, Ban>;
  list: KeyVerb<ListBans, Page<Ban>>;
};

export const bansRouter = (verbs: BanVerbs) =>
  router({
    /** Bans a hotkey, or a coldkey with all its hotkeys; what it leads is paid no more from the next snapshot on. */
    create: adminProcedure
      .meta(rest("POST /admin/bans", { summary: "Ban a hotkey or coldkey" }))
      .input(CreateBan)
      .output(Ban)
      .mutation(({ ctx, input }) => verbs.create(ctx, input)),
    /** Ends a ban; what it closed stays closed. */
    lift: adminProcedure
      .meta(rest("POST /admin/bans/{id}/lift", { summary: "Lift a ban" }))
      .input(LiftBan)
      .output(Ban)
      .mutation(({ ctx, input }) => verbs.lift(ctx, input)),
    /** Bans, newest first. */
    list: reviewerProcedure
      .meta(rest("GET /admin/bans", { summary: "List bans" }))
      .input(ListBans)
      .output(pageOf(Ban))
      .query(({ ctx, input }) => verbs.list(ctx, input)),
  });
