/** JSON text for a nullable `jsonb` column; plain null stays SQL's null. */
export function jsonOrNull(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
