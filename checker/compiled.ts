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

/** Before the successors of a block: for each state where they end, and how many moves it has. */
const HEAD = 2 * BLOCK;

/** Integers that the generated loop gathers into: the head, then action, words and hash of each successor of a block. */
export function foundRoomFor(outMax: number, width: number): number {
  return HEAD + BLOCK * outMax * (2 + width);
}

/**
 * `plainExpand` as generated code: what it computes is what the plain loop computes, and a test holds the two together. `null`
 * where code may not be generated. `shared`: other threads look into the index meanwhile, so a slot is written last and at once.
 */
export function compiledExpand(memo: Memo, keepEdges: boolean, shared = false): Expand | null {
  const code = codeFor(memo, 1);
  return generated<Expand>(source(code, keepEdges, !keepEdges && !shared, indexCode(code, HEAD, shared)));
}

/** The same where steps are not kept, for a visited set in pages, which is handed over in the place of the index. */
export function compiledPaging(memo: Memo, window: Window): Expand | null {
  const code = codeFor(memo, 1);
  return generated<Expand>(source(code, false, true, pageCode(code, window)));
}

function source(code: Code, keepEdges: boolean, leaves: boolean, visited: VisitedCode): string {
  const { width, record, each, at, tables, gather } = code;
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

  return `function expand(registers, from, end, words, parents, via, index, tables, pool, plans, echoes, found, fresh, rows, targets, labels, asked) {
  const countMax = registers[${REGISTER.countMax}], edgesMax = registers[${REGISTER.edgesMax}];
  const indexBits = registers[${REGISTER.indexBits}], slotShift = 32 - indexBits, slotMask = (1 << indexBits) - 1;
  ${visited.open}
  let count = registers[${REGISTER.count}], edges = registers[${REGISTER.edges}], transitions = 0;
  let status = ${STATUS.done}, missing = 0;
  ${tables}
  let id = from, ahead = 0;
  expanding: while (id < end) {
    let blockEnd = Math.min(end, id + ${BLOCK}), used = ${HEAD};
    gathering: for (let at = id, k = 0; at < blockEnd; at++, k++) {
      ${each((w) => `const w${w} = ${at('words', `at * ${width}`, w)};`)}
      let moves = 0;
      ${leaves ? 'const by = via[at];' : ''}
      ${gather('blockEnd = at; break gathering;', leaves)}
      found[k] = used;
      found[${BLOCK} + k] = moves;
    }
    const gathered = blockEnd > id ? found[blockEnd - id - 1] : 0;
    for (let read = ${HEAD}; read < gathered; read += ${known}) {
      ${each((w) => `const x${w} = ${at('found', 'read', w + 1)};`)}
      ${visited.hash}
      found[read + ${record}] = hash;
      ahead ^= index[${visited.first}];
    }
    ${visited.ahead}
    let read = ${HEAD};
    const first = id;
    for (; id < blockEnd; id++) {
      if (count > countMax || edges > edgesMax || ${visited.full}) { status = ${STATUS.full}; break expanding; }
      let freshCount = 0;
      const row = edges;
      const stop = found[id - first];
      transitions += found[${BLOCK} + id - first];
      for (; read < stop; read += ${known}) {
        const action = found[read];
        ${each((w) => `const x${w} = ${at('found', 'read', w + 1)};`)}
        const hash = found[read + ${record}];
        ${visited.locate}
        ${
          keepEdges
            ? `
        if (target < 0) fresh[freshCount++] = read;
        else {${edge}}`
            : `
        fresh[freshCount] = read;
        freshCount += target >>> 31;`
        }
      }
      for (let next = 1; next < freshCount; next++) {
        const read = fresh[next], action = found[read];
        let place = next;
        for (; place > 0 && found[fresh[place - 1]] > action; place--) fresh[place] = fresh[place - 1];
        fresh[place] = read;
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
