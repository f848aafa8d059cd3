/** Spin reads at most 64 KiB of C at once; a number and its comma take up to eleven characters. */
const PIECE = 5000;

/**
 * A constant array in C, of the narrowest type that holds its numbers, in pieces for one `c_decl` each. Spin writes the
 * pieces one after the other. It counts braces in each of them, so an array that is cut has C's other braces, `<%` and `%>`.
 */
export function cArray(name: string, numbers: readonly number[]): string[] {
  const most = numbers.reduce((max, one) => Math.max(max, one), 0);
  const type = most < 2 ** 8 ? 'unsigned char' : most < 2 ** 16 ? 'unsigned short' : 'unsigned int';
  const pieces = Array.from({ length: Math.max(1, Math.ceil(numbers.length / PIECE)) }, (_, at) =>
    numbers.slice(at * PIECE, (at + 1) * PIECE).join(),
  );
  return pieces.map((piece, at) => {
    const first = at === 0 ? `static const ${type} ${name}[] = <%` : '';
    const last = at === pieces.length - 1 ? '%>;' : ',';
    return `${first}${piece || '0'}${last}`;
  });
}
