import Table from "cli-table3";

type Cell = string | number;

/** What a column of numbers consists of: figures, signs, units, and marks for none. */
const FIGURE = /^[\d.,%±·– -]*$/;

/** A table of text; columns of figures to the right, all others to the left. */
export function plainTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const isNumeric = (column: number) => rows.every((row) => FIGURE.test(String(row[column])));
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, column) => (isNumeric(column) ? "right" : "left")),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push([...row]);
  return table.toString();
}
