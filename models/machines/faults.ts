import { assign, setup } from 'xstate';
import type { FaultKind } from '#models/scopes/fault.ts';

/**
 * What the world may still do to the cluster: one budget that all kinds of fault share, and a cap on some kinds.
 *
 * Context
 * - `left`: faults that may still happen. `caps`: how many of a kind, where that is fewer than `left`.
 *
 * The budget is the scope's, not Nomad's: a scope says what its bound cannot show.
 */
export const faults = setup({
  types: {
    context: {} as { readonly left: number; readonly caps: Readonly<Partial<Record<FaultKind, number>>> },
    events: {} as { type: 'happens'; kind: FaultKind },
    input: {} as { readonly left: number; readonly caps: Readonly<Partial<Record<FaultKind, number>>> },
  },
}).createMachine({
  id: 'faults',
  context: ({ input }) => ({ left: input.left, caps: binding(input.caps, input.left) }),
  initial: 'budget',
  states: {
    budget: {
      on: {
        happens: {
          guard: ({ context, event }) => mayHappen(context, event.kind),
          actions: assign(({ context, event }) => {
            const left = context.left - 1;
            const cap = context.caps[event.kind];
            return {
              left,
              caps: binding(cap === undefined ? context.caps : { ...context.caps, [event.kind]: cap - 1 }, left),
            };
          }),
        },
      },
    },
  },
});

/** Whether one more fault of this kind fits the budget. */
export function mayHappen(
  budget: { readonly left: number; readonly caps: Readonly<Partial<Record<FaultKind, number>>> },
  kind: FaultKind,
): boolean {
  return budget.left > 0 && (budget.caps[kind] ?? budget.left) > 0;
}

/** Only the caps that bind: the others would tell apart budgets that allow the same. */
function binding(caps: Readonly<Partial<Record<FaultKind, number>>>, left: number): Partial<Record<FaultKind, number>> {
  return Object.fromEntries(Object.entries(caps).filter(([, cap]) => cap < left));
}
