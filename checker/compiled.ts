import type { Cluster } from './clusters.ts';
import { type Expand, REGISTER, STATUS } from './expand.ts';
import { type Memo, PLAN, UNDECIDED } from './memo.ts';

/**
 * `plainExpand`, written out for one layout: words are local variables, keys and hashes are constants and shifts. The only
 * place where code is generated; what it computes is what the plain loop computes, and a test holds the two together.
 * `null` where code may not be generated (a page whose security policy forbids it).
 */
export function compiledExpand(memo: Memo, keepEdges: boolean): Expand | null {
  try {
    return new Function(`'use strict'; return ${source(memo, keepEdges)}`)() as Expand;
  } catch (error) {
    if (error instanceof EvalError) return null;
    throw error;
  }
}

function source({ clusters, layout }: Memo, keepEdges: boolean): string {
  const { width } = layout;
  const record = 1 + width;
  const each = (text: (word: number) => string, glue = '\n') =>
    Array.from({ length: width }, (_, w) => text(w)).join(glue);
  const at = (array: string, base: string, word: number) => `${array}[${base} + ${word}]`;

  const hash = `
    let hash = 0;
    ${each((w) => `hash = Math.imul(hash ^ x${w}, ${0x9e3779b1 | 0}); hash ^= hash >>> 15;`)}`;
  const locate = `
    let slot = hash >>> slotShift, target = -1;
    const tag = hash << indexBits;
    for (let held = index[slot]; held !== 0; held = index[slot]) {
      if ((held ^ tag) >>> indexBits === 0) {
        const other = (held & slotMask) - 1;
        if (${each((w) => `${at('words', `other * ${width}`, w)} === x${w}`, ' && ')}) { target = other; break; }
      }
      slot = (slot + 1) & slotMask;
    }`;
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
  ${clusters.map(({ direct }, c) => `const t${c} = tables[${2 * c}]${direct ? '' : `, u${c} = tables[${2 * c + 1}]`};`).join('\n  ')}
  let id = from;
  expanding: for (; id < end; id++) {
    if (count > countMax || edges > edgesMax) { status = ${STATUS.full}; break; }
    ${each((w) => `const w${w} = ${at('words', `id * ${width}`, w)};`)}
    let used = 0;
    ${clusters.map((cluster, c) => gather(cluster, c)).join('\n')}
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
        index[slot] = tag | (count + 1);
        ${each((w) => `${at('words', `count * ${width}`, w)} = x${w};`)}
        parents[count] = id;
        via[count] = action;
        target = count++;
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

  function gather(cluster: Cluster, c: number): string {
    return `{
      ${lookUp(cluster, c)}
      if (entry === 0) { status = ${STATUS.clusterMissing}; missing = ${c}; break expanding; }
      let read = entry + 2;
      for (const stop = read + pool[entry] * ${record}; read < stop; read += ${record}) {
        found[used] = pool[read];
        ${each((w) => `${at('found', 'used', w + 1)} = w${w} ^ ${at('pool', 'read', w + 1)};`)}
        used += ${record};
      }
      for (let left = pool[entry + 1]; left > 0; left--, read += ${record + 2}) {
        ${each((w) => `let x${w} = w${w} ^ ${at('pool', 'read', w + 1)};`)}
        const stop = pool[read + ${record + 1}];
        for (let plan = pool[read + ${record}]; plan < stop; plan += ${PLAN.size}) {
          const shift = plans[plan + ${PLAN.shift}], base = plans[plan + ${PLAN.echoes}], mask = plans[plan + ${PLAN.mask}];
          let change;
          switch (plans[plan + ${PLAN.word}]) {
            ${each((w) => `case ${w}: change = echoes[base + (w${w} >>> shift & mask)]; x${w} ^= change << shift; break;`)}
          }
          if (change < 0) { status = ${STATUS.echoMissing}; missing = plan; break expanding; }
        }
        found[used] = pool[read];
        ${each((w) => `${at('found', 'used', w + 1)} = x${w};`)}
        used += ${record};
      }
    }`;
  }

  function lookUp({ direct, gate, keyWords, keyMasks }: Cluster, c: number): string {
    const key = gateKeySource(gate);
    if (direct) return `const entry = t${c}[${key}];`;
    const size = 1 + keyWords.length;
    return `
      let entry = t${c}[${key}];
      if (entry === ${UNDECIDED}) {
        ${keyWords.map((word, k) => `const k${k} = w${word} & ${keyMasks[k]};`).join(' ')}
        let hash = 0;
        ${keyWords.map((_, k) => `hash = Math.imul(hash ^ k${k}, ${0x9e3779b1 | 0}); hash ^= hash >>> 15;`).join(' ')}
        const last = (u${c}.length / ${size} | 0) - 1;
        for (let slot = hash & last; ; slot = (slot + 1) & last) {
          entry = u${c}[slot * ${size}];
          if (entry === 0 || ${keyWords.map((_, k) => `u${c}[slot * ${size} + ${k + 1}] === k${k}`).join(' && ')}) break;
        }
      }`;
  }

  // Fields that follow one another in the word as in the key are read in one piece.
  function gateKeySource(fields: readonly number[]): string {
    const pieces: { word: number; shift: number; bits: number }[] = [];
    for (const field of fields) {
      const [word = 0, shift = 0, bits = 0] = [layout.word[field], layout.shift[field], layout.bits[field]];
      const last = pieces.at(-1);
      if (last && last.word === word && last.shift + last.bits === shift) last.bits += bits;
      else pieces.push({ word, shift, bits });
    }
    let to = 0;
    const parts = pieces.map(({ word, shift, bits }) => {
      const part = `(w${word} >>> ${shift} & ${2 ** bits - 1}) << ${to}`;
      to += bits;
      return part;
    });
    return parts.length === 0 ? '0' : parts.join(' | ');
  }
}
