import Table from 'cli-table3';

const bare = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'].map((edge) => [
    edge,
    '',
  ]),
);
const bareInside = { left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' };

/** Rows as plain columns without borders, as wide as their longest line; a cell may have several lines and colours. */
export function columns(rows: readonly (readonly string[])[]): string {
  const table = new Table({
    chars: { ...bare, ...bareInside },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
