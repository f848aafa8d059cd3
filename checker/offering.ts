import { codeFor } from './code.ts';
import { REGISTER, STATUS } from './expand.ts';
import type { Memo } from './memo.ts';
import { enterSlot } from './visited.ts';

/**
 * The inner loop of a thread that helps: it expands states, but enters nothing. What it does not find in the index it offers, in the
 * order in which one thread alone would have entered it; whoever enters the offers may still find that another came first.
 *
 * - `offers`: records `parent, action, words`; whoever enters them puts the state's id into their first place.
 * - `steps`: for each expanded state how many successors it has, then for each `action, target`, sorted by action; a target
 *   below 0 is offer number `-1 - target`. Left empty if steps are not kept.
 */
export type Offer = (
  registers: Int32Array,
  from: number,
  end: number,
  words: Int32Array,
  index: Int32Array,
  tables: readonly Int32Array[],
  pool: Int32Array,
  plans: Int32Array,
  echoes: Int32Array,
  found: Int32Array,
  fresh: Int32Array,
  offers: Int32Array,
  steps: Int32Array,
) => number;

/** Enters offers in their order; the ids of the states go into the offers. */
export type Enter = (
  registers: Int32Array,
  offered: number,
  words: Int32Array,
  parents: Int32Array,
  via: Uint16Array,
  index: Int32Array,
  offers: Int32Array,
) => void;

/** The source of `Offer`, to be made into a function by the thread that runs it. */
export function offerSource(memo: Memo, keepEdges: boolean): string {
  const { width, record, each, at, hash, locate, tables, gather } = codeFor(memo);
  const offer = 2 + width;
  const step = (target: string) =>
    keepEdges
      ? `
    let place = write;
    for (; place > row && steps[place - 2] > action; place -= 2) {
      steps[place] = steps[place - 2];
      steps[place + 1] = steps[place - 1];
    }
    steps[place] = action;
    steps[place + 1] = ${target};
    write += 2;`
      : '';
  return `function offer(registers, from, end, words, index, tables, pool, plans, echoes, found, fresh, offers, steps) {
  const offersMax = registers[${REGISTER.countMax}], stepsMax = registers[${REGISTER.edgesMax}];
  const indexBits = registers[${REGISTER.indexBits}], slotShift = 32 - indexBits, slotMask = (1 << indexBits) - 1;
  let offered = 0, write = 0, transitions = 0;
  let status = ${STATUS.done}, missing = 0;
  ${tables}
  let id = from;
  expanding: for (; id < end; id++) {
    if (offered > offersMax || write > stepsMax) { status = ${STATUS.full}; break; }
    ${each((w) => `const w${w} = ${at('words', `id * ${width}`, w)};`)}
    let used = 0, moves = 0;
    ${gather('break expanding;')}
    let freshCount = 0;
    ${keepEdges ? `steps[write++] = used / ${record} | 0;` : ''}
    const row = write;
    for (let read = 0; read < used; read += ${record}) {
      const action = found[read];
      ${each((w) => `const x${w} = ${at('found', 'read', w + 1)};`)}
      ${hash}
      ${locate}
      if (target < 0) {
        let place = freshCount++;
        for (; place > 0 && found[fresh[place - 1]] > action; place--) fresh[place] = fresh[place - 1];
        fresh[place] = read;
      } ${keepEdges ? `else {${step('target')}}` : ''}
    }
    for (let next = 0; next < freshCount; next++) {
      const read = fresh[next], action = found[read];
      const to = offered * ${offer};
      offers[to] = id;
      offers[to + 1] = action;
      ${each((w) => `${at('offers', 'to', w + 2)} = ${at('found', 'read', w + 1)};`)}
      ${step('-1 - offered')}
      offered++;
    }
    transitions += used / ${record} | 0;
  }
  registers[${REGISTER.count}] = offered;
  registers[${REGISTER.edges}] = write;
  registers[${REGISTER.transitions}] = transitions;
  registers[${REGISTER.status}] = status;
  registers[${REGISTER.missing}] = missing;
  return id;
}`;
}

/** The source of `Enter`. */
export function enterSource(memo: Memo): string {
  const { width, each, at, hash, locate } = codeFor(memo);
  return `function enter(registers, offered, words, parents, via, index, offers) {
  const indexBits = registers[${REGISTER.indexBits}], slotShift = 32 - indexBits, slotMask = (1 << indexBits) - 1;
  let count = registers[${REGISTER.count}];
  for (let read = 0, end = offered * ${2 + width}; read < end; read += ${2 + width}) {
    ${each((w) => `const x${w} = ${at('offers', 'read', w + 2)};`)}
    ${hash}
    ${locate}
    if (target < 0) {
      ${each((w) => `${at('words', `count * ${width}`, w)} = x${w};`)}
      parents[count] = offers[read];
      via[count] = offers[read + 1];
      target = count++;
      ${enterSlot(true)}
    }
    offers[read] = target;
  }
  registers[${REGISTER.count}] = count;
}`;
}
