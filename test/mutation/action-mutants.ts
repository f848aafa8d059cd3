import { disabled } from '#composition/action.ts';
import type { View } from '#composition/instance.ts';
import type { ModelAction } from '#models/note.ts';

/** One change of every action of a rule. */
export interface ActionMutant {
  readonly rule: string;
  readonly name: string;
  change(action: ModelAction): ModelAction;
}

/** What the actions of a rule were seen to do and to ask while a world was explored. */
export interface RuleSeen {
  readonly fairness: ModelAction['fairness'];
  /** `machine event` for every event sent. */
  readonly sent: Set<string>;
  readonly announced: ReadonlySet<string>;
  /** `machine.at(a, b)` or `machine.context.key`, to the answers it was seen to get. */
  readonly asked: Map<string, Set<boolean>>;
}

/** The same actions, which note in `seen` what they do and ask; what they do is unchanged. */
export function watched(actions: readonly ModelAction[], seen: Map<string, RuleSeen>): ModelAction[] {
  return actions.map((action) => {
    const { rule } = action.note;
    const of: RuleSeen = seen.get(rule) ?? {
      fairness: action.fairness,
      sent: new Set(),
      announced: new Set(action.announcements.map(({ to, event }) => `${to[0]?.machine.id} ${event.type}`)),
      asked: new Map(),
    };
    seen.set(rule, of);
    const noted = (question: string, answer: boolean) => {
      const answers = of.asked.get(question) ?? new Set();
      of.asked.set(question, answers.add(answer));
      return answer;
    };
    return {
      ...action,
      outcome: (views) => {
        const outcome = action.outcome(views.map((view, i) => asking(view, machineOf(action, i), noted)));
        if (outcome !== disabled) for (const { to, event } of outcome) of.sent.add(`${to.machine.id} ${event.type}`);
        return outcome;
      },
    };
  });
}

/** Every one-change mutant of a rule, given what its actions were seen to do and ask. */
export function actionMutants(rule: string, { fairness, sent, announced, asked }: RuleSeen): ActionMutant[] {
  const mutant = (does: string, change: ActionMutant['change']): ActionMutant => ({
    rule,
    name: `${rule}: ${does}`,
    change,
  });
  return [
    mutant('never happens', (action) => ({ ...action, outcome: () => disabled })),
    ...(fairness === 'none' ? [] : [mutant('is owed by nobody', (action) => ({ ...action, fairness: 'none' }))]),
    ...(fairness === 'strong' ? [mutant('is owed weakly', (action) => ({ ...action, fairness: 'weak' }))] : []),
    ...[...sent].map((what) =>
      mutant(`does not send ${what}`, (action) => ({
        ...action,
        outcome: (views) => {
          const outcome = action.outcome(views);
          return outcome === disabled
            ? disabled
            : outcome.filter(({ to, event }) => `${to.machine.id} ${event.type}` !== what);
        },
      })),
    ),
    ...[...announced].map((what) =>
      mutant(`does not announce ${what}`, (action) => ({
        ...action,
        announcements: action.announcements.filter(({ to, event }) => `${to[0]?.machine.id} ${event.type}` !== what),
      })),
    ),
    // A guard is dropped question by question; one that was never answered with no holds nothing back.
    ...[...asked]
      .filter(([, answers]) => answers.has(false))
      .map(([question]) =>
        mutant(`does not ask ${question}`, (action) => ({
          ...action,
          outcome: (views) =>
            action.outcome(
              views.map((view, i) => asking(view, machineOf(action, i), (asked, real) => asked === question || real)),
            ),
        })),
      ),
  ];
}

function machineOf(action: ModelAction, participant: number): string {
  return action.participants[participant]?.machine.id ?? '';
}

/** A view whose yes-or-no answers pass through `answered`: questions about states, and truth values in the context. */
function asking(view: View, machine: string, answered: (question: string, answer: boolean) => boolean): View {
  return {
    ...view,
    at: (...paths) => answered(`${machine}.at(${paths.join(', ')})`, view.at(...paths)),
    context: new Proxy(view.context, {
      get: (context, key) => {
        const value: unknown = Reflect.get(context, key);
        return typeof value === 'boolean' ? answered(`${machine}.context.${String(key)}`, value) : value;
      },
    }),
  };
}
