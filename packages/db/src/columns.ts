import type { ColumnType } from "kysely";

/** `timestamptz(3)`: a `Date` in both directions; the wire writes it with `toISOString()`. */
export type Timestamp = ColumnType<Date, Date, Date>;
/** `jsonb`: read as a value, written as JSON text because pg would turn an array into a Postgres array. */
export type JsonColumn<Value> = ColumnType<Value, string, string>;
export type NullableJson<Value> = ColumnType<Value | null, string | null, string | null>;
/** A column that its row never changes. */
export type Frozen<Value> = ColumnType<Value, Value, never>;
