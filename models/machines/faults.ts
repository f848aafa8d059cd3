import { assign, setup } from 'xstate';
import type { FaultKind } from '#models/scopes/fault.ts';

/** A budget of faults: how many may still happen in all, and of each kind that may. */
type Budget = { readonly left: number; readonly kinds: Readonly<Partial<Record<FaultKind, number>>> };

/**
 * What the world may still do to the cluster: one budget that all kinds of fault share, and a cap on each kind.
 *
 * Context
 * - `left`: faults that may still happen. `kinds`: how many of each kind; a kind that is not there cannot happen.
 *
 * The budget is the scope's, not Nomad's: a scope says what its bound cannot show.
 */
export const faults = setup({
  types: {
    context: {} as Budget,
    events: {} as { type: 'happens'; kind: FaultKind },
    input: {} as Budget,
  },
}).createMachine({
  id: 'faults',
  context: ({ input }) => within(input.left, input.kinds),
  initial: 'budget',
  states: {
    budget: {
      on: {
        happens: {
          guard: ({ context, event }) => mayHappen(context, event.kind),
          actions: assign(({ context: { left, kinds }, event: { kind } }) =>
            within(left - 1, { ...kinds, [kind]: (kinds[kind] ?? 0) - 1 }),
          ),
        },
      },
    },
  },
});

/** Whether one more fault of this kind fits the budget. */
export function mayHappen({ kinds }: Budget, kind: FaultKind): boolean {
  return (kinds[kind] ?? 0) > 0;
}

/** Budgets that allow the same are the same: no kind may happen more often than all together. */
function within(left: number, kinds: Budget['kinds']): Budget {
  const possible = Object.entries(kinds).flatMap(([kind, most]) =>
    Math.min(most, left) > 0 ? [[kind, Math.min(most, left)]] : [],
  );
  return { left, kinds: Object.fromEntries(possible) };
}
