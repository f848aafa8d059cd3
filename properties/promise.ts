import type { Formula } from '#checker/formula.ts';
import type { Model } from '#models/model.ts';
import type { Scope } from '#models/scopes/scope.ts';

/** The form of a promise, in model checking's standard terms. */
export type Form = 'always' | 'leads to' | 'possible' | 'bound';

/** One thing that must hold. It is written once, here, and every judge uses it. */
export interface PromiseSpec {
  /** Its name on the command line, in the page, in findings; also the name of its export. */
  readonly name: string;
  readonly form: Form;
  /** In words. */
  readonly words: string;
  /** Whether the scope has what the promise is about. */
  appliesTo(scope: Scope): boolean;
  /** What must hold in a world: one formula for each thing that it is about. */
  obligations(model: Model): readonly Obligation[];
  /** What must happen somewhere, lest the promise hold vacuously. */
  witnesses(model: Model): readonly Obligation[];
}

/** A formula and what it means in Nomad's words if it fails. */
export interface Obligation {
  readonly formula: Formula;
  /** The failure as a clause: `the claim of a1 on v1 is never released`. For a witness: what never happens. */
  readonly broken: string;
}

/** A promise that every scope has the means to break. */
export const everywhere = (): boolean => true;
