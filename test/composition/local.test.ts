import { describe, expect, test } from 'vitest';
import { assign, raise, sendTo, setup, spawnChild } from 'xstate';
import { canonical } from '#composition/canonical.ts';
import { LocalStates, UNTAKEN } from '#composition/local.ts';

describe('structurally equal contexts are one local state, different ones are never merged', () => {
  const holding = (initial: unknown, change: (held: never, event: never) => unknown) =>
    setup({ types: { context: {} as { held: unknown }, events: {} as { type: 'put'; item: string } } }).createMachine({
      id: 'holding',
      context: { held: initial },
      on: { put: { actions: assign({ held: ({ context, event }) => change(context.held as never, event as never) }) } },
    });

  test('a Set of three items has eight states, whatever the order in which they came', () => {
    const machine = holding(new Set(), (held: Set<string>, { item }: { item: string }) => {
      const next = new Set(held);
      if (!next.delete(item)) next.add(item);
      return next;
    });
    expect(
      sizeOf(
        machine,
        ['a', 'b', 'c'].map((item) => ({ type: 'put', item })),
      ),
    ).toBe(8);
  });
  test('a Map of two keys and two values has nine states', () => {
    const machine = holding(
      new Map(),
      (held: Map<string, string>, { item }: { item: string }) => new Map([...held, [item.charAt(0), item.charAt(1)]]),
    );
    expect(
      sizeOf(
        machine,
        ['ax', 'ay', 'bx', 'by'].map((item) => ({ type: 'put', item })),
      ),
    ).toBe(9);
  });
  test('the order of keys does not count', () => {
    const machine = holding({}, (held: Record<string, number>, { item }: { item: string }) => ({ [item]: 1, ...held }));
    expect(
      sizeOf(
        machine,
        ['a', 'b', 'c'].map((item) => ({ type: 'put', item })),
      ),
    ).toBe(8);
  });
  test('a BigInt is neither a number nor a text', () => {
    const values: Record<string, unknown> = { big: 1n, number: 1, text: '1' };
    const machine = holding(null, (_: unknown, { item }: { item: string }) => values[item]);
    expect(
      sizeOf(
        machine,
        Object.keys(values).map((item) => ({ type: 'put', item })),
      ),
    ).toBe(4);
  });
  test('minus zero, NaN, undefined and null are four values', () => {
    const values: Record<string, unknown> = { minus: -0, zero: 0, nan: Number.NaN, none: undefined };
    const machine = holding(null, (_: unknown, { item }: { item: string }) => values[item]);
    expect(
      sizeOf(
        machine,
        Object.keys(values).map((item) => ({ type: 'put', item })),
      ),
    ).toBe(5);
  });
  test('what has no structure is refused with its path', () => {
    for (const [value, line] of [
      [() => 1, /context of holding .*\.held\b.*function/],
      [new Date(0), /Date/],
      [cycle(), /refers to itself/],
    ] as const) {
      const machine = holding(0, () => value);
      const states = new LocalStates(machine);
      expect(() => states.next(states.initial(undefined), { type: 'put', item: 'x' } as never)).toThrow(line);
    }
  });
});

test('history is part of a local state', () => {
  const machine = setup({}).createMachine({
    id: 'lamp',
    initial: 'off',
    states: {
      off: { on: { ON: 'on.last' } },
      on: {
        initial: 'low',
        on: { OFF: 'off' },
        states: { low: { on: { TURN: 'high' } }, high: { on: { TURN: 'low' } }, last: { type: 'history' } },
      },
    },
  });
  // Off for the first time, off after low, off after high; low and high each with what was remembered on the way in.
  const states = walk(machine, [{ type: 'ON' }, { type: 'OFF' }, { type: 'TURN' }]);
  const offs = states.filter((one) => one.value === 'off');
  expect(offs).toHaveLength(3);
  expect(new Set(states.map((one) => JSON.stringify(one.value)))).toEqual(
    new Set(['"off"', '{"on":"low"}', '{"on":"high"}']),
  );
});

test('regions of a parallel state multiply, and `always` takes its microsteps within one event', () => {
  const machine = setup({}).createMachine({
    id: 'pair',
    type: 'parallel',
    states: {
      left: { initial: 'a', states: { a: { on: { L: 'between' } }, between: { always: 'b' }, b: { on: { L: 'a' } } } },
      right: { initial: 'x', states: { x: { on: { R: 'y' } }, y: { on: { R: 'x' } } } },
    },
  });
  const states = walk(machine, [{ type: 'L' }, { type: 'R' }]);
  expect(states).toHaveLength(4);
  expect(states.map((one) => JSON.stringify(one.value)).join()).not.toContain('between');
});

test('an event that a machine cannot take, or that its guard refuses, is no move', () => {
  const machine = setup({}).createMachine({
    id: 'door',
    initial: 'shut',
    states: { shut: { on: { OPEN: { guard: () => false, target: 'open' }, KICK: {} } }, open: {} },
  });
  const states = new LocalStates(machine);
  const shut = states.initial(undefined);
  for (const type of ['OPEN', 'KICK', 'SING']) expect(states.next(shut, { type })).toBe(UNTAKEN);
});

describe('what cannot be tabulated exactly is refused by name, with what to write instead', () => {
  const child = setup({}).createMachine({ id: 'child' });
  test.each([
    ['a delay', { initial: 'a', states: { a: { after: { 100: 'b' } }, b: {} } }, /slow\.a has a delay.*as an event/],
    [
      'an invocation',
      { initial: 'a', states: { a: { invoke: { src: child } } } },
      /slow\.a invokes an actor.*instance/,
    ],
    ['a spawned child', { entry: spawnChild(child) }, /slow uses xstate\.spawnChild.*instance/],
    ['a sent event', { on: { GO: { actions: sendTo('other', { type: 'X' }) } } }, /xstate\.sendTo/],
    ['a delayed raise', { on: { GO: { actions: raise({ type: 'X' } as never, { delay: 5 }) } } }, /after a delay/],
    ['an inline effect', { on: { GO: { actions: () => undefined } } }, /the effect an inline function|the effect "/],
    [
      'an effect that is not defined',
      { on: { GO: { actions: 'shout' } } },
      /"shout", which the machine does not define|the effect "shout"/,
    ],
  ])('%s', (_, config, line) => {
    expect(() => new LocalStates(setup({}).createMachine({ id: 'slow', ...config } as never) as never)).toThrow(line);
  });
  test('a child spawned while assigning', () => {
    const machine = setup({ types: { context: {} as { child: unknown } }, actors: { child } }).createMachine({
      id: 'slow',
      context: { child: null },
      on: { GO: { actions: assign({ child: ({ spawn }) => spawn('child') !== undefined }) } },
    });
    const states = new LocalStates(machine as never);
    expect(() => states.next(states.initial(undefined), { type: 'GO' })).toThrow(/slow/);
  });
});

test('canonical texts tell types apart and orders not', () => {
  expect(canonical({ b: [1, 2n], a: new Set(['y', 'x']) })).toBe(canonical({ a: new Set(['x', 'y']), b: [1, 2n] }));
  expect(
    new Set([1, '1', 1n, [1], { 1: 1 }, new Set([1]), new Map([[1, 1]]), true, null, undefined].map(canonical)).size,
  ).toBe(10);
});

// Helpers

function cycle(): object {
  const self: { self?: object } = {};
  self.self = self;
  return self;
}

function walk(machine: ConstructorParameters<typeof LocalStates>[0], events: readonly { readonly type: string }[]) {
  const states = new LocalStates(machine);
  states.initial(undefined);
  for (let local = 0; local < states.size; local++) for (const event of events) states.next(local, event);
  return Array.from({ length: states.size }, (_, local) => states.snapshot(local));
}

function sizeOf(
  machine: ConstructorParameters<typeof LocalStates>[0],
  events: readonly { readonly type: string }[],
): number {
  return walk(machine, events).length;
}
