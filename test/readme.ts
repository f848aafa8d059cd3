/** A block of the README that a command writes. */
export interface GeneratedBlock {
  /** The command, as it stands in the marker. */
  readonly command: string;
  readonly content: string;
}

/** A command line of the README that is run as it is printed, and the exit code it announces. */
export interface PrintedCommand {
  readonly line: string;
  readonly exits: number;
}

const generated = /(<!-- generated: (.+?) -->\n)([\s\S]*?)(<!-- \/generated -->)/g;

/** The blocks between `<!-- generated: COMMAND -->` and `<!-- /generated -->`. */
export function generatedBlocks(readme: string): GeneratedBlock[] {
  return [...readme.matchAll(generated)].map(([, , command = '', content = '']) => ({ command, content }));
}

/** The README with its generated blocks written anew. Blank lines keep Markdown from taking a marker for part of a table. */
export function regenerated(readme: string, write: (command: string) => string): string {
  return readme.replaceAll(generated, (_, open: string, command: string, _content: string, close: string) => {
    return `${open}\n${write(command).trim()}\n\n${close}`;
  });
}

/** The lines of the `sh` fences between `<!-- run -->` and `<!-- /run -->`; `# exits N` at the end of a line says with what it ends. */
export function printedCommands(readme: string): PrintedCommand[] {
  const marked = [...readme.matchAll(/<!-- run -->\n([\s\S]*?)<!-- \/run -->/g)].map(([, text = '']) => text);
  const fences = marked.flatMap((text) =>
    [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, lines = '']) => lines),
  );
  return fences
    .flatMap((lines) => lines.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ line, exits: Number(/# exits (\d+)$/.exec(line)?.[1] ?? 0) }));
}
