import { CodedError } from "@assay/core";

/** Everything `@assay/db` refuses, by code. */
export type DbErrorFacts =
  | { code: "DB_NOT_FOUND"; table: string; id: string }
  | { code: "DB_ADMIN_EXISTS"; id: string }
  | { code: "DB_SCHEMA_NEWER"; migration: string }
  | { code: "DB_MIGRATION_FAILED"; migration: string }
  | { code: "DB_CLOSED"; name: string }
  | { code: "DB_SERVER_BINARIES_MISSING"; platform: string }
  | { code: "DB_SERVER_IN_USE"; dataDir: string; pid: number }
  | { code: "DB_SERVER_FOLDER_CLOSED"; folder: string; account: string }
  | { code: "DB_SERVER_FAILED"; step: string; output: string };

export class DbError extends CodedError<DbErrorFacts> {}

/** Name of the constraint a write ran into; undefined if the error is none of Postgres' constraint errors. */
export function violatedConstraint(error: unknown): string | undefined {
  const { code, constraint } = postgresFields(error);
  return code?.startsWith("23") === true ? constraint : undefined;
}

/** Tells whether the whole transaction may simply be run again: a serialization failure or a deadlock. */
export function isTransient(error: unknown): boolean {
  const { code } = postgresFields(error);
  return code === "40001" || code === "40P01";
}

/** pg puts the server's fields on the error itself, without a class that could be told by. */
function postgresFields(error: unknown): { code?: string; constraint?: string } {
  return error instanceof Error ? (error as Error & { code?: string; constraint?: string }) : {};
}
