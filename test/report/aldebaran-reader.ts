/** An `.aut` file read back, by its grammar alone. */
export interface Read {
  readonly initial: number;
  readonly states: number;
  readonly steps: readonly { readonly from: number; readonly name: string; readonly to: number }[];
}

/** Reads the Aldebaran format. Throws where the text is not in it, or its counts do not agree with its lines. */
export function readAldebaran(text: string): Read {
  const [head = '', ...lines] = text.split('\n');
  const [, initial, count, states] = /^des \((\d+), (\d+), (\d+)\)$/.exec(head) ?? fail(head);
  if (lines.pop() !== '') fail('the last line has no end');
  const steps = lines.map((line) => {
    const [, from, name = '', to] = /^\((\d+), "([^"]*)", (\d+)\)$/.exec(line) ?? fail(line);
    return { from: Number(from), name, to: Number(to) };
  });
  if (steps.length !== Number(count)) fail(`${count} steps were promised, there are ${steps.length}`);
  for (const { from, to } of steps)
    if (Math.max(from, to) >= Number(states)) fail(`there is no state ${from} or ${to}`);
  return { initial: Number(initial), states: Number(states), steps };
}

function fail(what: string): never {
  throw new Error(`not Aldebaran: ${what}`);
}
