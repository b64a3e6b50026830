import { callTRPCProcedure, type TRPCProcedureType } from "@trpc/server";
import { z } from "zod";
import type { Access } from "./access.ts";
import type { ApiContext } from "./context.ts";
import type { RestMethod } from "./rest.ts";
import type { AppRouter } from "./router.ts";
import type { ApiMeta } from "./trpc.ts";

/** What a procedure declares about itself. */
export type ProcedureDescription = {
  path: string;
  type: TRPCProcedureType;
  access: Access | undefined;
  rest: { method: RestMethod; path: string } | undefined;
  inputs: readonly z.ZodType[];
  output: z.ZodType | undefined;
};

type Definition = {
  _def: { type: TRPCProcedureType; meta?: ApiMeta; inputs: readonly z.ZodType[]; output?: z.ZodType };
};

/** Every procedure of the contract. */
export function describeProcedures(router: AppRouter): ProcedureDescription[] {
  return Object.entries(definitions(router)).map(([path, { _def }]) => ({
    path,
    type: _def.type,
    access: _def.meta?.access,
    rest: _def.meta?.openapi,
    inputs: _def.inputs,
    output: _def.output,
  }));
}

/** Calls a procedure by its path as the REST routes do: with loose strings that its input schema reads. */
export function callByPath(
  router: AppRouter,
  { path, ctx, input }: { path: string; ctx: ApiContext; input: object },
): Promise<unknown> {
  const definition = definitions(router)[path];
  const takesNothing = definition?._def.inputs[0] instanceof z.ZodVoid;
  return callTRPCProcedure({
    router,
    path,
    ctx,
    type: definition?._def.type ?? "query",
    getRawInput: async () => (takesNothing ? undefined : input),
    signal: undefined,
    batchIndex: 0,
  });
}

/** tRPC keeps procedures flat by their path at run time, while its types show them nested by noun. */
function definitions(router: AppRouter): Record<string, Definition> {
  return router._def.procedures as unknown as Record<string, Definition>;
}
