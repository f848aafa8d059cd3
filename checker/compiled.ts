import { type Code, codeFor, generated } from './code.ts';
import { type Expand, REGISTER, STATUS } from './expand.ts';
import type { Memo } from './memo.ts';
import type { Window } from './pages.ts';
import { indexCode, pageCode, type VisitedCode } from './visited.ts';

/**
 * States that are expanded together. Their successors are gathered and hashed first and the visited set is read where each will be
 * looked up; nothing waits for these reads, so the memory serves many of them at once. What is found, and in which
 * order, is what it would be one by one.
 */
const BLOCK = 32;

/** Integers that the generated loop gathers into: where the successors of each state of a block end, then action, words and hash of each. */
export function foundRoomFor(outMax: number, width: number): number {
  return BLOCK * (1 + outMax * (2 + width));
}

/**
 * `plainExpand` as generated code: what it computes is what the plain loop computes, and a test holds the two together. `null`
 * where code may not be generated. `shared`: other threads look into the index meanwhile, so a slot is written last and at once.
 */
export function compiledExpand(memo: Memo, keepEdges: boolean, shared = false): Expand | null {
  const code = codeFor(memo, 1);
  return generated<Expand>(source(code, keepEdges, indexCode(code, BLOCK, shared)));
}

/** The same where steps are not kept, for a visited set in pages, which is handed over in the place of the index. */
export function compiledPaging(memo: Memo, window: Window): Expand | null {
  const code = codeFor(memo, 1);
  return generated<Expand>(source(code, false, pageCode(code, BLOCK, window)));
}

function source({ width, record, each, at, tables, gather }: Code, keepEdges: boolean, visited: VisitedCode): string {
  const known = record + 1;
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
  ${visited.open}
  let count = registers[${REGISTER.count}], edges = registers[${REGISTER.edges}], transitions = 0;
  let status = ${STATUS.done}, missing = 0;
  ${tables}
  let id = from, ahead = 0;
  expanding: while (id < end) {
    let blockEnd = Math.min(end, id + ${BLOCK}), used = ${BLOCK};
    gathering: for (let at = id, k = 0; at < blockEnd; at++, k++) {
      ${each((w) => `const w${w} = ${at('words', `at * ${width}`, w)};`)}
      ${gather('blockEnd = at; break gathering;')}
      found[k] = used;
    }
    const gathered = blockEnd > id ? found[blockEnd - id - 1] : 0;
    ${visited.ahead}
    let read = ${BLOCK};
    const first = id;
    for (; id < blockEnd; id++) {
      if (count > countMax || edges > edgesMax || ${visited.full}) { status = ${STATUS.full}; break expanding; }
      let freshCount = 0;
      const row = edges;
      const stop = found[id - first];
      transitions += (stop - read) / ${known} | 0;
      for (; read < stop; read += ${known}) {
        const action = found[read];
        ${each((w) => `const x${w} = ${at('found', 'read', w + 1)};`)}
        const hash = found[read + ${record}];
        ${visited.locate}
        if (target < 0) {
          let place = freshCount++;
          for (; place > 0 && found[fresh[place - 1]] > action; place--) fresh[place] = fresh[place - 1];
          fresh[place] = read;
        } ${keepEdges ? `else {${edge}}` : ''}
      }
      for (let next = 0; next < freshCount; next++) {
        const read = fresh[next], action = found[read];
        ${each((w) => `const x${w} = ${at('found', 'read', w + 1)};`)}
        const hash = found[read + ${record}];
        ${visited.locate}
        if (target < 0) {
          ${each((w) => `${at('words', `count * ${width}`, w)} = x${w};`)}
          parents[count] = id;
          via[count] = action;
          target = count++;
          ${visited.enter}
        }
        ${edge}
      }
      ${keepEdges ? 'rows[id + 1] = edges;' : ''}
    }
    if (status !== ${STATUS.done}) break;
  }
  ${visited.close}
  registers[${REGISTER.ahead}] = ahead;
  registers[${REGISTER.count}] = count;
  registers[${REGISTER.edges}] = edges;
  registers[${REGISTER.transitions}] = transitions;
  registers[${REGISTER.status}] = status;
  registers[${REGISTER.missing}] = missing;
  return id;
}`;
}
