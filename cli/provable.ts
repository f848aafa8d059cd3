import { promises } from '#properties/promises.ts';

/** A promise that Spin can be asked about, and whether it is unless somebody says otherwise. */
export interface Provable {
  readonly promise: string;
  readonly byDefault: boolean;
}

/** "Even if some action is taken finitely often only" has no place in Spin's fairness, which is the same for all runs. */
const unaskable = ['noWakeupIsLost'];

/** The promises about states, steps and fair runs. Fair runs take Spin long, so by default it is asked about one such promise. */
export const provable: readonly Provable[] = promises.flatMap(({ name, form }) =>
  (form === 'always' || form === 'leads to') && !unaskable.includes(name)
    ? [{ promise: name, byDefault: form === 'always' || name === 'everyClaimIsReleased' }]
    : [],
);
