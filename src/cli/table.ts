/** Rows under headings, two spaces between columns, no trailing blanks. Cells are one line of plain text. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) =>
    all.reduce((widest, row) => Math.max(widest, width(row[column] ?? "")), 0)
  );
  return all.map((row) =>
    row.map((cell, column) => cell + " ".repeat(widths[column]! - width(cell))).join("  ").trimEnd()
  ).join("\n");
}

function width(cell: string): number {
  return [...cell].length;
}
