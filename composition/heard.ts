import type { Exploration } from '#checker/explore.ts';
import { disabled } from '#checker/system.ts';
import { Tuples } from '#checker/tuples.ts';
import type { Composition } from './compose.ts';
import type { Instance } from './instance.ts';

/** An event that an instance is sent in some run: in which of its local states, and by which action. */
export interface Heard {
  readonly instance: Instance;
  readonly local: number;
  readonly event: { readonly type: string };
  readonly action: number;
}

/**
 * Everything that the instances are sent in the explored states, each once. An event comes with the payload that the
 * action gave it, so whoever walks a machine alone need not make any up. A limit that ended the search leaves some out.
 */
export function heardIn(composition: Composition, exploration: Exploration): Heard[] {
  const { system, actions } = composition;
  const edges = exploration.edges();
  if (edges === null) throw new RangeError('what is sent is read off the steps, and a limit forbade keeping them');
  const asked = system.actions.map(({ participants, broadcast = [] }) => ({
    fields: [...participants, ...broadcast.map(({ field }) => field)],
    tuples: new Tuples(),
  }));
  const heard: Heard[] = [];
  for (let id = 0; id < exploration.expanded; id++) {
    const locals = exploration.locals(id);
    for (let edge = edges.rows[id] ?? 0; edge < (edges.rows[id + 1] ?? 0); edge++) {
      const action = edges.labels[edge] ?? 0;
      const about = asked[action];
      if (!about || !actions[action]) continue;
      const known = about.tuples.size;
      if (about.tuples.number(about.fields.map((field) => locals[field] ?? 0)) < known) continue;
      const sent = composition.sendings(action, locals);
      if (sent === disabled) continue;
      for (const { to, event } of sent) {
        heard.push({ instance: to, local: locals[composition.fieldOf(to)] ?? 0, event, action });
      }
    }
  }
  return heard;
}
