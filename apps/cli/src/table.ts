import Table from "cli-table3";

type Cell = string | number;

/** What a column of numbers consists of: figures, signs, units, and marks for none. */
const FIGURE = /^[\d.,%±·– -]*$/;
/** Left and right of every cell. */
const PADDING = 2;
/** Sentences in a narrower column would be read word by word. */
const NARROWEST = 24;

/**
 * A table of text; columns of figures to the right, all others to the left. In a terminal that is too narrow for it the
 * widest column is broken between words; a file or another program gets each row on one line.
 */
export function plainTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  terminalColumns: number | undefined = process.stdout.columns,
): string {
  const isNumeric = (column: number) => rows.every((row) => FIGURE.test(String(row[column])));
  const widths = terminalColumns === undefined ? [] : fitted(head, { rows, terminalColumns });
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, column) => (isNumeric(column) ? "right" : "left")),
    style: { head: [], border: [], compact: true },
    colWidths: widths,
    wordWrap: widths.length > 0,
  });
  for (const row of rows) table.push([...row]);
  return table.toString();
}

/** Widths with which a table fits, if its widest column alone can see to that; none if it fits anyway or never will. */
function fitted(
  head: readonly string[],
  { rows, terminalColumns }: { rows: readonly (readonly Cell[])[]; terminalColumns: number },
): number[] {
  const natural = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => String(row[column]).length)),
  );
  const widest = Math.max(0, ...natural);
  const total = natural.reduce((sum, width) => sum + width + PADDING + 1, 1);
  const narrowed = widest - (total - terminalColumns);
  if (narrowed >= widest || narrowed < NARROWEST) return [];
  const at = natural.indexOf(widest);
  return natural.map((width, column) => (column === at ? narrowed : width) + PADDING);
}
