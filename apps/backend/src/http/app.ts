import { ApiError, type AppRouter, describeProcedures, openApiDocument } from "@assay/api";
import { trpcServer } from "@hono/trpc-server";
import { Hono } from "hono";
import type { Backend } from "../backend.ts";
import { countAnswer, nameProcedures, timeAnswer } from "../metrics/answers.ts";
import { softwareVersion } from "../version.ts";
import { admit, contextOf, type Env, identify, secondsToWait } from "./context.ts";
import { noteFailure } from "./failures.ts";
import { addHealthRoutes } from "./health.ts";
import { addRestRoutes, refuse } from "./rest.ts";

/** Most calls in one request or message: each costs what a request of its own would, and only the request is counted. */
export const MAX_BATCH = 8;

/** Everything the backend answers over HTTP. */
export function createApp(backend: Backend, router: AppRouter): Hono<Env> {
  const app = new Hono<Env>();
  nameProcedures(backend, router);
  app.use(identify);
  addHealthRoutes(app, backend);
  const [baseUrl = ""] = backend.audiences;
  const document = openApiDocument(router, { baseUrl, version: softwareVersion });
  app.get("/openapi.json", async (c) => {
    await admit(c, backend);
    return c.json(document);
  });
  for (const { path, type } of describeProcedures(router))
    if (type === "subscription")
      app.all(`/trpc/${path}`, (c) => refuse(c, { error: noStream(), backend, path }));
  app.use("/trpc/*", (c, next) => {
    const answered = timeAnswer(backend);
    return trpcServer({
      endpoint: "/trpc",
      router,
      maxBatchSize: MAX_BATCH,
      createContext: async ({ info, resHeaders: headers }) => {
        // The route above does not match an escaped spelling of the same path.
        if (info.type === "subscription") throw noStream();
        return { ...(await contextOf(c, { backend, headers })) };
      },
      onError: ({ error, path, ctx }) => noteFailure(backend, { error, path, ctx }),
      responseMeta: ({ data, info }) => {
        info?.calls.forEach(({ path }, index) => {
          answered(path);
          if ("result" in (data[index] ?? {})) countAnswer(backend, { path, code: "none" });
        });
        return {};
      },
    })(c, next);
  });
  addRestRoutes(app, { backend, router });
  app.notFound((c) => refuse(c, { error: noRoute(c.req.path), backend }));
  app.onError((error, c) => {
    const seconds = secondsToWait(error);
    if (seconds !== undefined) c.header("retry-after", seconds);
    return refuse(c, { error, backend });
  });
  return app;
}

function noStream(): ApiError {
  return new ApiError({
    code: "API_METHOD_NOT_SUPPORTED",
    reason: "subscriptions need the WebSocket at /ws",
  });
}

function noRoute(path: string): ApiError {
  return new ApiError({ code: "API_UNKNOWN_PROCEDURE", path }, `There is nothing at ${path}.`);
}
