import { describe, expect, test } from 'vitest';
import { assign, setup } from 'xstate';
import { action, announce, disabled } from '#composition/action.ts';
import { compose } from '#composition/compose.ts';
import { instance } from '#composition/instance.ts';
import { advance, follow } from '#composition/trace.ts';

const lamp = setup({
  types: {
    events: {} as { type: 'on' } | { type: 'off' } | { type: 'dim'; to: number },
    context: {} as { level: number },
  },
}).createMachine({
  id: 'lamp',
  context: { level: 0 },
  initial: 'dark',
  states: {
    dark: { on: { on: 'lit' } },
    lit: { on: { off: 'dark', dim: { actions: assign({ level: ({ event }) => event.to }) } } },
  },
});
const [kitchen, hall] = [instance('lamp kitchen', lamp), instance('lamp hall', lamp)];
const told = { who: 'world', source: 'nowhere', fairness: 'none', note: null } as const;

describe('an action', () => {
  const on = action({
    ...told,
    name: 'on',
    does: 'on',
    participants: { kitchen },
    step: ({ kitchen }) => (kitchen.at('dark') ? [kitchen.gets('on')] : disabled),
  });
  const rest = action({ ...told, name: 'rest', does: 'rest', participants: { kitchen }, step: () => [] });

  test('is disabled, which is a value, or enabled, perhaps without an event', () => {
    const { system } = compose([kitchen], [on, rest]);
    const dark = system.fields.map((field) => field.initial);
    const lit = system.actions[0]?.step(dark);
    expect(lit).not.toBe(disabled);
    expect(system.actions[0]?.step(lit ?? [])).toBe(disabled);
    expect(system.actions[1]?.step(dark)).toEqual(dark);
  });

  test('that sends what a machine cannot take stops the run, naming action, instance and state', () => {
    const wrong = action({
      ...told,
      name: 'switches off',
      does: 'off',
      participants: { kitchen },
      step: ({ kitchen }) => [kitchen.gets('off')],
    });
    const { system } = compose([kitchen], [wrong]);
    expect(() => system.actions[0]?.step([0])).toThrow(
      '"switches off" sends "off" to lamp kitchen, which cannot take it in dark',
    );
  });

  test('may not send twice to one instance, nor to one that takes no part', () => {
    const twice = action({
      ...told,
      name: 'twice',
      does: 'x',
      participants: { kitchen },
      step: ({ kitchen }) => [kitchen.gets('on'), kitchen.gets('on')],
    });
    const stray = action({
      ...told,
      name: 'stray',
      does: 'x',
      participants: { kitchen },
      step: () => [{ to: hall, event: { type: 'on' } }],
    });
    const { system } = compose([kitchen, hall], [twice, stray]);
    expect(() => system.actions[0]?.step([0])).toThrow('two events to lamp kitchen');
    expect(() => system.actions[1]?.step([0])).toThrow('not among its participants');
  });

  test('that asks for a state its machine does not have is told which there are', () => {
    const typo = action({
      ...told,
      name: 'typo',
      does: 'x',
      participants: { kitchen },
      step: ({ kitchen }) => (kitchen.at('drak') ? [] : disabled),
    });
    expect(() => compose([kitchen], [typo]).system.actions[0]?.step([0])).toThrow(
      'lamp has no state "drak"; its states are dark, lit',
    );
  });

  test('and an instance are named once', () => {
    expect(() => compose([kitchen], [on, on])).toThrow('"on"');
    expect(() => compose([kitchen, instance('lamp kitchen', lamp)], [])).toThrow('"lamp kitchen"');
  });
});

describe('an announcement', () => {
  const all = action({
    ...told,
    name: 'all off',
    does: 'x',
    participants: {},
    step: () => [],
    announcements: [announce([kitchen, hall], { type: 'off' })],
  });

  test('changes those that can hear it, and leaves the others alone', () => {
    const on = action({
      ...told,
      name: 'on',
      does: 'on',
      participants: { hall },
      step: ({ hall }) => (hall.at('dark') ? [hall.gets('on')] : disabled),
    });
    const composition = compose([kitchen, hall], [on, all]);
    const lit = advance(composition, 0, [0, 0]);
    expect(lit).not.toEqual([0, 0]);
    expect(advance(composition, 1, lit ?? [])).toEqual([0, 0]);
    expect(advance(composition, 1, [0, 0])).toEqual([0, 0]);
  });

  test('to a participant is refused: it is sent instead', () => {
    const both = action({
      ...told,
      name: 'both',
      does: 'x',
      participants: { kitchen },
      step: () => [],
      announcements: [announce([kitchen], { type: 'off' })],
    });
    expect(() => compose([kitchen], [both])).toThrow('Send it instead');
  });
});

test('a trace tells who did what, what was sent, and what changed in states and context', () => {
  const on = action({
    ...told,
    who: 'client',
    name: 'client lights up',
    does: 'x',
    participants: { kitchen },
    step: ({ kitchen }) => (kitchen.at('dark') ? [kitchen.gets('on')] : disabled),
  });
  const dim = action({
    ...told,
    name: 'dims',
    does: 'x',
    participants: { kitchen },
    step: ({ kitchen }) => (kitchen.at('lit') ? [kitchen.gets('dim', { to: 3 })] : disabled),
  });
  const composition = compose([kitchen], [on, dim]);
  expect(follow(composition, { actions: [0, 1], loopsTo: null })).toMatchObject({
    steps: [
      {
        who: 'client',
        action: 'client lights up',
        events: [{ to: 'lamp kitchen', type: 'on' }],
        changed: [{ instance: 'lamp kitchen', from: 'dark', to: 'lit' }],
      },
      {
        events: [{ to: 'lamp kitchen', type: 'dim' }],
        changed: [{ instance: 'lamp kitchen', from: 'level 0', to: 'level 3' }],
      },
    ],
  });
  expect(follow(composition, { actions: [1], loopsTo: null })).toEqual({
    derailed: { step: 1, action: 'dims', enabledInstead: ['client lights up'] },
  });
});
