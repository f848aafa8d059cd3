import type { Walker } from '#composition/walker.ts';
import type { Note } from '#models/note.ts';
import type { Leads } from './watch.ts';

/** What a run does for ever in the end: whom it keeps waiting, and what is so all the time. */
export interface Cycle {
  /** Whether a fair run that ends so breaks the formula. */
  breaks(one: Leads): boolean;
}

/** The cycle that the walker has just closed, or that it stands still. The walker goes round once more, to look. */
export function cycleOf(walker: Walker<Note>, loopsTo: number | null): Cycle {
  const { actions: declared } = walker.composition;
  const round = loopsTo === null ? [] : walker.actions.slice(loopsTo);
  const taken = new Set(round);
  const always = new Uint8Array(declared.length).fill(1);
  const sometimes = new Uint8Array(declared.length);
  const locals: Int32Array[] = [];
  const visit = () => {
    locals.push(walker.locals.slice());
    for (let action = 0; action < declared.length; action++) {
      if (walker.isEnabled(action)) sometimes[action] = 1;
      else always[action] = 0;
    }
  };
  visit();
  for (const action of round.slice(0, -1)) {
    walker.take(action);
    visit();
  }
  const isFair = ({ formula: { fairness, finitelyOften } }: Leads) =>
    declared.every((action, id) => {
      if (finitelyOften?.has(id)) return !taken.has(id);
      const owed = fairness?.get(id) ?? action.fairness;
      if (taken.has(id) || owed === 'none') return true;
      return owed === 'weak' ? always[id] === 0 : sometimes[id] === 0;
    });
  return {
    breaks(one) {
      const { formula, from, to } = one;
      const isMissing = formula.forGood
        ? locals.some((at) => from.holds(at) && !to.holds(at))
        : locals.every((at) => !to.holds(at));
      const stays = !formula.stays || locals.every((at) => from.holds(at));
      return isMissing && stays && isFair(one);
    },
  };
}
