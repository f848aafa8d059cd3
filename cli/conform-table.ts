/** One recording under one design, as the table shows it. */
export interface Cell {
  readonly file: string;
  readonly design: string;
  /** `null`: a limit was reached. */
  readonly accepted: boolean | null;
  /** The place of the first event that no run explains. */
  readonly event: number | null;
}

/** Which designs accept which recordings: a row for each recording, a column for each design, by their order of appearance. */
export function tableOf(cells: readonly Cell[]): string {
  const files = [...new Set(cells.map(({ file }) => file))];
  const designs = [...new Set(cells.map(({ design }) => design))];
  const shared = commonFolder(files);
  const rows = files.map((file) => [
    file.slice(shared.length),
    ...designs.map((design) => shown(cells.find((one) => one.file === file && one.design === design))),
  ]);
  const head = ['recording', ...designs];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((text, i) => text.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function shown(cell: Cell | undefined): string {
  if (!cell) return '';
  if (cell.accepted === null) return 'unknown';
  return cell.accepted ? 'accepts' : `refuses event ${cell.event ?? 0}`;
}

/** The folder that all are in, with its slash; empty if there is none, or only one file. */
function commonFolder([first = '', ...others]: readonly string[]): string {
  if (others.length === 0) return '';
  const parts = first.split('/').slice(0, -1);
  while (parts.length > 0 && !others.every((one) => one.startsWith(`${parts.join('/')}/`))) parts.pop();
  return parts.length === 0 ? '' : `${parts.join('/')}/`;
}
