import { expect, test } from 'vitest';
import { assign, setup } from 'xstate';
import { guardsSeen } from '#composition/guards.ts';
import { LocalStates } from '#composition/local.ts';

const door = setup({
  types: { context: {} as { pushes: number }, events: {} as { type: 'push' } | { type: 'lock' } | { type: 'kick' } },
  guards: { isStuck: ({ context }) => context.pushes < 1 },
}).createMachine({
  id: 'door',
  context: { pushes: 0 },
  initial: 'closed',
  on: { kick: { guard: ({ context }) => context.pushes > 5, target: '.open' } },
  states: {
    closed: {
      on: {
        push: [
          { guard: 'isStuck', target: 'closed', actions: assign({ pushes: ({ context }) => context.pushes + 1 }) },
          { target: 'open' },
        ],
        kick: 'open',
      },
    },
    open: { on: { lock: 'closed' } },
  },
});

const stuck = 'door: closed on push, choice 1 (isStuck)';
const kicked = 'door: anywhere on kick, choice 1';

test('a guard that nobody asked was seen neither to let pass nor to hold back', () => {
  expect(guardsSeen(new LocalStates(door))).toEqual([
    { name: kicked, passed: false, held: false },
    { name: stuck, passed: false, held: false },
  ]);
});

test('a guard lets pass where its transition is taken, and holds back where the next one is', () => {
  const states = new LocalStates(door);
  const once = states.next(states.initial(undefined), { type: 'push' });
  expect(guardsSeen(states)).toContainEqual({ name: stuck, passed: true, held: false });
  states.next(once, { type: 'push' });
  expect(guardsSeen(states)).toContainEqual({ name: stuck, passed: true, held: true });
});

test('a guard holds back where nothing is taken, and says nothing where a state below takes the event', () => {
  const states = new LocalStates(door);
  const open = states.next(states.initial(undefined), { type: 'kick' });
  expect(guardsSeen(states)).toContainEqual({ name: kicked, passed: false, held: false });
  states.next(open, { type: 'kick' });
  expect(guardsSeen(states)).toContainEqual({ name: kicked, passed: false, held: true });
});
