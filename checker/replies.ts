import { ask } from './footprint.ts';
import { disabled, type System } from './system.ts';

/** What an action does wherever the fields that it looked at are as they were: nothing at all, or a change of some fields. */
export interface Reply {
  readonly action: number;
  /** The fields it looked at, in the order in which it did. Its reply depends on nothing else. */
  readonly looked: readonly number[];
  /** `null`: disabled. Otherwise the fields that change, each with XOR of its local ids before and after. */
  readonly changes: readonly Change[] | null;
}

/** A field that changes: XOR of its local ids before and after. */
export interface Change {
  readonly field: number;
  readonly change: number;
}

/** Every reply that an action ever gave. Knows no layout, so it outlives every repacking of the states. */
export interface Replies {
  /** The reply where the fields have these local ids (by field); the action is asked at most once for what it tells apart. */
  reply(locals: Int32Array): Reply;
}

/**
 * An action is a deterministic function, so which field it looks at next depends on what it saw before, and on nothing else: its
 * replies form a tree of such questions. A wide action that gives up after its first look has one reply, not one for each
 * tuple of its participants.
 */
interface Question {
  readonly field: number;
  readonly byLocal: (Question | Reply | undefined)[];
}

/** No replies yet of one action; `learnt` hears how many nodes each new one adds. */
export function repliesOf(system: System, action: number, learnt: (nodes: number) => void): Replies {
  let root: Question | Reply | undefined;
  return {
    reply(locals) {
      let node = root;
      while (node !== undefined && 'field' in node) node = node.byLocal[locals[node.field] as number];
      return node ?? learn(locals);
    },
  };

  function learn(locals: Int32Array): Reply {
    const { name, participants } = system.actions[action] ?? { name: '', participants: [] };
    const before = participants.map((field) => locals[field] as number);
    const { next, places } = ask(system, action, before);
    const looked = places.map((place) => participants[place] as number);
    const changes =
      next === disabled
        ? null
        : participants.flatMap((field, place) => {
            const change = (next[place] as number) ^ (before[place] as number);
            return change === 0 ? [] : [{ field, change }];
          });
    const stray = changes?.find(({ field }) => !looked.includes(field));
    if (stray) {
      throw new Error(`${name} changes ${system.fields[stray.field]?.name}, at which it says it did not look.`);
    }
    const reply = { action, looked, changes };
    enter(reply, locals, name);
    learnt(1 + looked.length);
    return reply;
  }

  function enter(reply: Reply, locals: Int32Array, name: string): void {
    const [first] = reply.looked;
    if (first === undefined) root = reply;
    else root ??= { field: first, byLocal: [] };
    let node = root as Question;
    for (const [at, field] of reply.looked.entries()) {
      if (!('field' in node) || node.field !== field) {
        throw new Error(`${name} does not look at its participants in an order that follows from what it saw.`);
      }
      const local = locals[field] as number;
      const after = reply.looked[at + 1];
      if (after === undefined) node.byLocal[local] = reply;
      else {
        node.byLocal[local] ??= { field: after, byLocal: [] };
        node = node.byLocal[local] as Question;
      }
    }
  }
}
