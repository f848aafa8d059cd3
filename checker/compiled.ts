import { codeFor, generated } from './code.ts';
import { type Expand, REGISTER, STATUS } from './expand.ts';
import type { Memo } from './memo.ts';

/**
 * `plainExpand` as generated code: what it computes is what the plain loop computes, and a test holds the two together. `null`
 * where code may not be generated. `shared`: other threads look into the index meanwhile, so a slot is written last and at once.
 */
export function compiledExpand(memo: Memo, keepEdges: boolean, shared = false): Expand | null {
  return generated<Expand>(source(memo, keepEdges, shared));
}

function source(memo: Memo, keepEdges: boolean, shared: boolean): string {
  const { width, record, each, at, hash, locate, tables, gather } = codeFor(memo);
  const edge = keepEdges
    ? `
    let place = edges++;
    for (; place > row && labels[place - 1] > action; place--) {
      labels[place] = labels[place - 1];
      targets[place] = targets[place - 1];
    }
    labels[place] = action;
    targets[place] = target;`
    : '';

  return `function expand(registers, from, end, words, parents, via, index, tables, pool, plans, echoes, found, fresh, rows, targets, labels) {
  const countMax = registers[${REGISTER.countMax}], edgesMax = registers[${REGISTER.edgesMax}];
  const indexBits = registers[${REGISTER.indexBits}], slotShift = 32 - indexBits, slotMask = (1 << indexBits) - 1;
  let count = registers[${REGISTER.count}], edges = registers[${REGISTER.edges}], transitions = 0;
  let status = ${STATUS.done}, missing = 0;
  ${tables}
  let id = from;
  expanding: for (; id < end; id++) {
    if (count > countMax || edges > edgesMax) { status = ${STATUS.full}; break; }
    ${each((w) => `const w${w} = ${at('words', `id * ${width}`, w)};`)}
    let used = 0;
    ${gather('break expanding;')}
    let freshCount = 0;
    const row = edges;
    for (let read = 0; read < used; read += ${record}) {
      const action = found[read];
      ${each((w) => `const x${w} = ${at('found', 'read', w + 1)};`)}
      ${hash}
      ${locate}
      if (target < 0) {
        let place = freshCount++;
        for (; place > 0 && found[fresh[place - 1]] > action; place--) fresh[place] = fresh[place - 1];
        fresh[place] = read;
      } ${keepEdges ? `else {${edge}}` : ''}
    }
    for (let next = 0; next < freshCount; next++) {
      const read = fresh[next], action = found[read];
      ${each((w) => `const x${w} = ${at('found', 'read', w + 1)};`)}
      ${hash}
      ${locate}
      if (target < 0) {
        ${each((w) => `${at('words', `count * ${width}`, w)} = x${w};`)}
        parents[count] = id;
        via[count] = action;
        target = count++;
        ${enterSlot(shared)}
      }
      ${edge}
    }
    transitions += used / ${record} | 0;
    ${keepEdges ? 'rows[id + 1] = edges;' : ''}
  }
  registers[${REGISTER.count}] = count;
  registers[${REGISTER.edges}] = edges;
  registers[${REGISTER.transitions}] = transitions;
  registers[${REGISTER.status}] = status;
  registers[${REGISTER.missing}] = missing;
  return id;
}`;
}

/** Enters state `target` (its words are written) into the free `slot`. */
export function enterSlot(shared: boolean): string {
  return shared ? 'Atomics.store(index, slot, tag | (target + 1));' : 'index[slot] = tag | (target + 1);';
}
