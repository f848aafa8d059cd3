import fc from 'fast-check';
import { type Action, disabled, type Fairness, type Hearer, type Predicate, type System } from '#checker/system.ts';

/** What a random system is made of; two systems made from it are equal, and share nothing. */
export interface Plan {
  /** How many values each field has, its padding to so many bits, and whether it numbers its values as it meets them. */
  readonly fields: readonly { readonly values: number; readonly padded: boolean; readonly grows: boolean }[];
  readonly actions: readonly {
    readonly participants: readonly number[];
    readonly fairness: Fairness;
    /** Draws the next values for each tuple of values; some draws are `disabled`. */
    readonly draws: readonly number[];
    /** Values of its first participant at which it gives up without a look at the others. */
    readonly givesUpAt: readonly number[];
    readonly hearers: readonly { readonly field: number; readonly draws: readonly number[] }[];
  }[];
}

/** Small systems of up to five fields, small enough for everything to collide. */
export const plans: fc.Arbitrary<Plan> = fc
  .array(fc.record({ values: fc.integer({ min: 1, max: 3 }), padded: fc.boolean(), grows: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  })
  .chain((fields) => {
    const field = fc.nat(fields.length - 1);
    const draws = fc.array(fc.nat(99), { minLength: 27, maxLength: 27 });
    const action = fc
      .record({
        participants: fc.uniqueArray(field, { maxLength: 3 }).map((chosen) => chosen.sort((a, b) => a - b)),
        fairness: fc.constantFrom<Fairness>('none', 'weak', 'strong'),
        draws,
        givesUpAt: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(fc.nat(2)) }),
        hearers: fc.uniqueArray(fc.record({ field, draws: fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }) }), {
          selector: (hearer) => hearer.field,
          maxLength: 2,
        }),
      })
      .map((drawn) => ({
        ...drawn,
        hearers: drawn.hearers.filter((hearer) => !drawn.participants.includes(hearer.field)),
      }));
    return fc.record({ fields: fc.constant(fields), actions: fc.array(action, { minLength: 1, maxLength: 5 }) });
  });

/** A system after the plan. Fields that grow number their values in order of first sight; padded ones pretend to have 100,000. */
export function systemOf(plan: Plan): System {
  const seen = plan.fields.map(() => [0]);
  const idOf = (field: number, value: number): number => {
    if (!plan.fields[field]?.grows) return value;
    const values = seen[field] as number[];
    return values.includes(value) ? values.indexOf(value) : values.push(value) - 1;
  };
  const meaningOf = (field: number, id: number): number =>
    plan.fields[field]?.grows ? (seen[field]?.[id] as number) : id;
  return {
    fields: plan.fields.map(({ values, padded, grows }, field) => ({
      name: `f${field}`,
      initial: 0,
      size: () => (grows ? (seen[field] as number[]).length : padded ? 100_000 : values),
    })),
    actions: plan.actions.map(({ participants, fairness, draws, givesUpAt, hearers }, id): Action => {
      const givesUp = ([first]: readonly number[]) =>
        first !== undefined && givesUpAt.includes(meaningOf(participants[0] as number, first));
      const step = (locals: readonly number[]) => {
        const tuple = locals.reduce((sum, local, at) => sum * 3 + meaningOf(participants[at] as number, local), 0);
        let draw = draws[tuple] as number;
        if (draw >= 60 || givesUp(locals)) return disabled;
        return participants.map((field) => {
          const value = draw % 3;
          draw = Math.floor(draw / 3);
          return idOf(field, value % (plan.fields[field]?.values ?? 1));
        });
      };
      const broadcast = hearers.map(
        ({ field, draws: heard }): Hearer => ({
          field,
          next: (local) => idOf(field, (heard[meaningOf(field, local)] as number) % (plan.fields[field]?.values ?? 1)),
        }),
      );
      return {
        name: `a${id}`,
        fairness,
        participants,
        ...(broadcast.length > 0 ? { broadcast } : {}),
        step,
        ...(givesUpAt.length > 0 && {
          look: (locals: readonly number[]) => ({
            next: step(locals),
            places: givesUp(locals) ? [0] : [...locals.keys()],
          }),
        }),
      };
    }),
  };
}

/** A predicate over up to two fields of a plan, as bits by tuple of values modulo three. */
export function predicatesOf(plan: Plan): fc.Arbitrary<Predicate> {
  return fc
    .record({
      participants: fc
        .uniqueArray(fc.nat(plan.fields.length - 1), { maxLength: 2 })
        .map((chosen) => chosen.sort((a, b) => a - b)),
      bits: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
    })
    .map(({ participants, bits }) => ({
      participants,
      holds: (locals) => bits[locals.reduce((sum, local) => sum * 3 + local, 0)] === true,
    }));
}
