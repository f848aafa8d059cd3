import { assign, setup } from 'xstate';
import type { View } from '#composition/instance.ts';

/**
 * Everybody who gives Nomad orders by hand, as one: how many commands they may still give.
 *
 * Context
 * - `left`: commands that may still be given; infinitely many unless the scope caps them. Only commands that change
 *   something count; the stop of a job and the undoing of a drain do not.
 *
 * The budget is the scope's, not Nomad's: operators with time on their hands make a world too large to explore.
 */
export const operators = setup({
  types: {
    context: {} as { readonly left: number },
    events: {} as { type: 'command' },
    input: {} as { readonly left: number },
  },
}).createMachine({
  id: 'operators',
  context: ({ input }) => ({ left: input.left }),
  initial: 'budget',
  states: {
    budget: {
      on: {
        command: {
          guard: ({ context }) => context.left > 0,
          actions: assign({ left: ({ context }) => context.left - 1 }),
        },
      },
    },
  },
});

/** What an action sees of the operators. */
export type OperatorsView = View<typeof operators>;

/** Whether they may give one more command. */
export const mayCommand = ({ context }: OperatorsView): boolean => context.left > 0;
