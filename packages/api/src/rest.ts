/** Methods of REST routes. */
export type RestMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * The REST form of a procedure, in the shape that `trpc-to-openapi` reads. It is declared here because clients import
 * the router's types, and must not need those of the HTTP servers that library serves.
 */
export type RestForm = {
  readonly method: RestMethod;
  readonly path: `/${string}`;
  readonly summary: string;
  /** Whether a caller has to show a key. */
  readonly protect: boolean;
  readonly tags: string[];
};

/** An OpenAPI document as it is served. */
export type OpenApiDocument = {
  readonly openapi: string;
  readonly paths?: Readonly<Record<string, object | undefined>>;
};
