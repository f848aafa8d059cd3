import { askHearer, askStep } from './footprint.ts';
import { type Disabled, disabled, type System } from './system.ts';

/**
 * One way to exchange parts of a system that are alike. A state is exchanged by moving every field's local state to the field
 * in its place, renamed there; a step of action `a` becomes a step of action `actions[a]`.
 */
export interface Exchange {
  /** What is exchanged, for whoever reads about it. */
  readonly name: string;
  /** By field: the field in whose place it is put. */
  readonly fields: readonly number[];
  /** By action: the action that does the same to the parts in their new places. */
  readonly actions: readonly number[];
  /** The name that a field's local state has in the new place. */
  local(field: number, local: number): number;
}

/** A state after an exchange. */
export function exchanged(exchange: Exchange, locals: readonly number[]): number[] {
  const image = new Array<number>(locals.length);
  for (let field = 0; field < locals.length; field++) {
    image[exchange.fields[field] as number] = exchange.local(field, locals[field] as number);
  }
  return image;
}

/** Parts that were said to be alike and are not. */
export class NotAlike extends Error {
  override name = 'NotAlike';
}

/**
 * The same system, which holds every answer of its actions against the exchanges: what an action does, the action in its
 * place must do to the parts in their places. It is asked about every tuple of its participants anew, whatever it looked
 * at, so a search in which every answer passed has shown the exchanges to be right for all that it reached. Throws `NotAlike`
 * with the name of the action.
 */
export function heldAlike(system: System, exchanges: readonly Exchange[]): System {
  for (const exchange of exchanges) {
    const initial = system.fields.map((field) => field.initial);
    const image = exchanged(exchange, initial);
    const apart = initial.findIndex((local, field) => image[field] !== local);
    if (apart >= 0) throw new NotAlike(`${exchange.name}: ${system.fields[apart]?.name} does not begin alike`);
  }
  return {
    fields: system.fields,
    actions: system.actions.map((action, id) => {
      const { look: _, ...rest } = action;
      return {
        ...rest,
        step: (locals: readonly number[]) => {
          const next = askStep(system, id, locals);
          for (const exchange of exchanges) holdAnswer(system, exchange, id, locals, next);
          return next;
        },
        ...(action.broadcast && {
          broadcast: action.broadcast.map(({ field }, hearer) => ({
            field,
            next: (local: number) => {
              const next = askHearer(system, id, hearer, local);
              for (const exchange of exchanges) holdHearer(system, exchange, id, field, local, next);
              return next;
            },
          })),
        }),
      };
    }),
  };
}

function holdAnswer(
  system: System,
  exchange: Exchange,
  id: number,
  locals: readonly number[],
  next: readonly number[] | Disabled,
): void {
  const action = system.actions[id];
  const other = system.actions[exchange.actions[id] as number];
  if (!action || !other) throw new NotAlike(`${exchange.name}: action ${id} has no counterpart`);
  const placeOf = action.participants.map((field) => other.participants.indexOf(exchange.fields[field] as number));
  if (placeOf.includes(-1) || other.participants.length !== action.participants.length) {
    throw new NotAlike(`${exchange.name}: "${action.name}" and "${other.name}" take part in different things`);
  }
  const moved = (all: readonly number[]) => {
    const image = new Array<number>(all.length);
    for (const [at, local] of all.entries()) {
      image[placeOf[at] as number] = exchange.local(action.participants[at] as number, local);
    }
    return image;
  };
  const answer = askStep(system, exchange.actions[id] as number, moved(locals));
  const same =
    next === disabled || answer === disabled ? next === answer : moved(next).every((local, at) => local === answer[at]);
  if (!same) {
    throw new NotAlike(`${exchange.name}: "${action.name}" and "${other.name}" do not do the same`);
  }
}

function holdHearer(system: System, exchange: Exchange, id: number, field: number, local: number, next: number): void {
  const other = exchange.actions[id] as number;
  const image = exchange.fields[field] as number;
  const hearer = system.actions[other]?.broadcast?.findIndex((one) => one.field === image) ?? -1;
  const same =
    hearer >= 0 && askHearer(system, other, hearer, exchange.local(field, local)) === exchange.local(field, next);
  if (!same) throw new NotAlike(`${exchange.name}: "${system.actions[id]?.name}" is not heard alike`);
}
