import { type Action, disabled, type Predicate, type System } from './system.ts';

/**
 * The same system, but for actions that are only taken where a question says yes: what somebody does who waits for the right
 * moment. `when` gives the question for an action, or nothing for one that is left as it is.
 */
export function onlyWhen(system: System, when: (action: number) => Predicate | undefined): System {
  const actions = system.actions.map((action, id): Action => {
    const asks = when(id);
    if (!asks) return action;
    const participants = [...new Set([...action.participants, ...asks.participants])].sort((a, b) => a - b);
    const places = (fields: readonly number[]) => fields.map((field) => participants.indexOf(field));
    const [own, asked] = [places(action.participants), places(asks.participants)];
    const pick = (from: readonly number[], at: readonly number[]) => at.map((place) => from[place] as number);
    // A field that is asked about may be one that hears the action; it then takes part and moves on from where it is.
    const heard = action.broadcast?.filter((one) => participants.includes(one.field)) ?? [];
    const step = (locals: readonly number[]) => {
      if (!asks.holds(pick(locals, asked))) return disabled;
      const moved = action.step(pick(locals, own));
      if (moved === disabled) return disabled;
      const next = [...locals];
      for (const [i, place] of own.entries()) next[place] = moved[i] as number;
      for (const one of heard) {
        const place = participants.indexOf(one.field);
        next[place] = one.next(next[place] as number);
      }
      return next;
    };
    return {
      name: action.name,
      fairness: action.fairness,
      participants,
      step,
      ...(action.broadcast && { broadcast: action.broadcast.filter((one) => !heard.includes(one)) }),
    };
  });
  return { fields: system.fields, actions };
}
