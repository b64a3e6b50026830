import { ApiError } from "@assay/api";

/** The row, if there is one and it belongs to this subnet; otherwise API_NOT_FOUND. */
export function found<Row extends { netuid: number | null }>(
  row: Row | undefined,
  { kind, id, netuid }: { kind: string; id: string; netuid: number },
): Row {
  if (row !== undefined && (row.netuid === null || row.netuid === netuid)) return row;
  throw new ApiError({ code: "API_NOT_FOUND", kind, id }, `There is no ${kind} ${id}.`);
}
