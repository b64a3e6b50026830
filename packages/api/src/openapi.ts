import { generateOpenApiDocument } from "trpc-to-openapi";
import type { OpenApiDocument } from "./rest.ts";
import type { AppRouter } from "./router.ts";

/** The OpenAPI document of every procedure that has a REST form. */
export function openApiDocument(
  router: AppRouter,
  { baseUrl, version }: { baseUrl: string; version: string },
): OpenApiDocument {
  return generateOpenApiDocument(router, {
    title: "Assay",
    description: "Procedures open to the public and to API keys; those signed by hotkeys have no REST form.",
    version,
    baseUrl,
    securitySchemes: {
      apiKey: { type: "http", scheme: "bearer", bearerFormat: "assay_<id>_<secret>_<check>" },
    },
  });
}
