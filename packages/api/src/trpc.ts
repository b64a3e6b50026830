import { initTRPC } from "@trpc/server";
import type { Access } from "./access.ts";
import { type ApiContext, requireHotkey, requireKey } from "./context.ts";
import { assertPlainText } from "./plain-text.ts";
import { Refusal, wireError } from "./refusal.ts";
import type { RestForm, RestMethod } from "./rest.ts";

/** What every procedure says about itself: who may call it, and its REST form if it has one. */
export type ApiMeta = { access?: Access; openapi?: RestForm };

const t = initTRPC
  .context<ApiContext>()
  .meta<ApiMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error }) => {
      const wire = wireError(error);
      const { httpStatus, path } = shape.data;
      return { ...shape, message: wire.message, data: { ...wire, httpStatus, path } };
    },
  });

export const router = t.router;

/** The one place where failures of procedures become answers. */
const procedure = t.procedure.use(async ({ ctx, next }) => {
  const result = await next();
  if (result.ok) return result;
  throw new Refusal(result.error.cause instanceof Refusal ? result.error.cause : result.error, ctx.requestId);
});

/** After the check of who calls: nobody else's input is worth a look. */
const plainText = t.middleware(async ({ getRawInput, next }) => {
  assertPlainText(await getRawInput());
  return next();
});

/** Anyone. */
export const publicProcedure = procedure.meta({ access: "public" }).use(plainText);

/** API key of role viewer, reviewer or admin. */
export const viewerProcedure = procedure
  .meta({ access: "viewer" })
  .use(({ ctx, next }) => next({ ctx: { caller: requireKey(ctx.caller, "viewer") } }))
  .use(plainText);

/** API key of role reviewer or admin. */
export const reviewerProcedure = procedure
  .meta({ access: "reviewer" })
  .use(({ ctx, next }) => next({ ctx: { caller: requireKey(ctx.caller, "reviewer") } }))
  .use(plainText);

/** API key of role admin. */
export const adminProcedure = procedure
  .meta({ access: "admin" })
  .use(({ ctx, next }) => next({ ctx: { caller: requireKey(ctx.caller, "admin") } }))
  .use(plainText);

/** Request signed by any registered hotkey. */
export const signedProcedure = procedure
  .meta({ access: "signed" })
  .use(({ ctx, next }) => next({ ctx: { caller: requireHotkey(ctx.caller, "signed") } }))
  .use(plainText);

/** Request signed by a hotkey that holds an active validator key. */
export const validatorProcedure = procedure
  .meta({ access: "validator" })
  .use(({ ctx, next }) => next({ ctx: { caller: requireHotkey(ctx.caller, "validator") } }))
  .use(plainText);

/** API key of role validator: for what a socket asks, which cannot be signed request by request. */
export const validatorKeyProcedure = procedure
  .meta({ access: "validator-key" })
  .use(({ ctx, next }) => next({ ctx: { caller: requireKey(ctx.caller, "validator-key") } }))
  .use(plainText);

/** The REST form of a procedure. */
export function rest(
  route: `${RestMethod} /${string}`,
  { summary, protect = true }: { summary: string; protect?: boolean },
): ApiMeta {
  const [method, path] = splitRoute(route);
  return { openapi: { method, path, summary, protect, tags: [path.split("/")[1] ?? ""] } };
}

/** The template type of `route` guarantees both parts, which `split` cannot tell the compiler. */
function splitRoute(route: string): [RestMethod, `/${string}`] {
  return route.split(" ") as [RestMethod, `/${string}`];
}
