import type { Cluster } from './clusters.ts';
import { STATUS } from './expand.ts';
import { piecesOf } from './layout.ts';
import { EMPTY, type Memo, PLAN, UNDECIDED } from './memo.ts';

/** Pieces of the generated loops, written out for one layout: words are local variables, keys and hashes are constants and shifts. */
export interface Code {
  readonly width: number;
  /** Integers of one found successor: action, words. */
  readonly record: number;
  each(text: (word: number) => string, glue?: string): string;
  at(array: string, base: string, word: number): string;
  /** `hash` of the words `x0`, `x1`, ... */
  readonly hash: string;
  /** Looks `x0`, `x1`, ... up in `index`: `target` is its id or -1, `slot` and `tag` are where and how it would be entered. */
  readonly locate: string;
  /** The tables as local variables. */
  readonly tables: string;
  /**
   * Writes all successors of the words `w0`, `w1`, ... to `found`, `used` integers in all; `bail` is done where something is missing.
   * What it finds on the way is in `fresh`. `leaves`: it leaves out the successors that were found before for certain, see `Leaving`;
   * `by` is the action that found the state.
   */
  gather(bail: string, leaves?: boolean): string;
}

/** The pieces for a memo; behind each found successor `extra` integers are left free. */
export function codeFor({ clusters, layout, leaving }: Memo, extra = 0): Code {
  const { width } = layout;
  const record = 1 + width;
  const each: Code['each'] = (text, glue = '\n') => Array.from({ length: width }, (_, w) => text(w)).join(glue);
  const at: Code['at'] = (array, base, word) => `${array}[${base} + ${word}]`;
  return {
    width,
    record,
    each,
    at,
    hash: hashSource(Array.from({ length: width }, (_, w) => `x${w}`)),
    locate: `
    let slot = hash >>> slotShift, target = -1;
    const tag = hash << indexBits;
    for (let held = index[slot]; held !== 0; held = index[slot]) {
      if ((held ^ tag) >>> indexBits === 0) {
        const other = (held & slotMask) - 1;
        if (${each((w) => `${at('words', `other * ${width}`, w)} === x${w}`, ' && ')}) { target = other; break; }
      }
      slot = (slot + 1) & slotMask;
    }`,
    tables: clusters
      .map(({ direct }, c) => `const t${c} = tables[${2 * c}]${direct ? '' : `, u${c} = tables[${2 * c + 1}]`};`)
      .join('\n  '),
    gather: (bail, leaves = false) => `
      let entries = 0;
      ${clusters.map((cluster, c) => lookUp(cluster, c, bail)).join('\n')}
      for (let next = 0; next < entries; next++) {
        const entry = fresh[next];
        let read = entry + 2;
        moves += pool[entry] + pool[entry + 1];
        for (const stop = read + pool[entry] * ${record}; read < stop; read += ${record}) {
          const action = pool[read];
          ${each((w) => `const x${w} = w${w} ^ ${at('pool', 'read', w + 1)};`)}
          ${put(leaves)}
        }
        for (let left = pool[entry + 1]; left > 0; left--, read += ${record + 2}) {
          const action = pool[read];
          ${each((w) => `let x${w} = w${w} ^ ${at('pool', 'read', w + 1)};`)}
          const stop = pool[read + ${record + 1}];
          for (let plan = pool[read + ${record}]; plan < stop; plan += ${PLAN.size}) {
            const shift = plans[plan + ${PLAN.shift}], base = plans[plan + ${PLAN.echoes}], mask = plans[plan + ${PLAN.mask}];
            let change;
            switch (plans[plan + ${PLAN.word}]) {
              ${each((w) => `case ${w}: change = echoes[base + (w${w} >>> shift & mask)]; x${w} ^= change << shift; break;`)}
            }
            if (change < 0) { status = ${STATUS.echoMissing}; missing = plan; ${bail} }
          }
          ${put(leaves)}
        }
      }`,
  };

  // What is left out is written and then written over, again without a branch.
  function put(leaves: boolean): string {
    const changed = each((w) => `x${w} ^ w${w}`, ' | ');
    const notZero = `((${changed}) | 0 - (${changed})) >> 31`;
    return `
      found[used] = action;
      ${each((w) => `${at('found', 'used', w + 1)} = x${w};`)}
      used += ${leaves ? `asked[by * ${leaving.actions} + action] & ${notZero} & ${record + extra}` : record + extra};`;
  }

  // Most entries are empty: they are left out without a branch, which the processor would guess wrongly too often.
  function lookUp(cluster: Cluster, c: number, bail: string): string {
    return `{
      ${entryOf(cluster, c)}
      if (entry === 0) { status = ${STATUS.clusterMissing}; missing = ${c}; ${bail} }
      fresh[entries] = entry;
      entries += ${EMPTY} - entry >>> 31;
    }`;
  }

  function entryOf({ direct, gate, keyWords, keyMasks }: Cluster, c: number): string {
    const key = gateKeySource(gate);
    if (direct) return `const entry = t${c}[${key}];`;
    const size = 1 + keyWords.length;
    return `
      let entry = t${c}[${key}];
      if (entry === ${UNDECIDED}) {
        ${keyWords.map((word, k) => `const k${k} = w${word} & ${keyMasks[k]};`).join(' ')}
        ${hashSource(keyWords.map((_, k) => `k${k}`))}
        const last = (u${c}.length / ${size} | 0) - 1;
        for (let slot = hash & last; ; slot = (slot + 1) & last) {
          entry = u${c}[slot * ${size}];
          if (entry === 0 || ${keyWords.map((_, k) => `u${c}[slot * ${size} + ${k + 1}] === k${k}`).join(' && ')}) break;
        }
      }`;
  }

  function gateKeySource(fields: readonly number[]): string {
    const parts = piecesOf(layout, fields).map(
      ({ word, shift, mask, to }) => `(w${word} >>> ${shift} & ${mask}) << ${to}`,
    );
    return parts.length === 0 ? '0' : parts.join(' | ');
  }
}

/** Computes `hash` of some expressions, as `hashState` does of words. */
export function hashSource(of: readonly string[]): string {
  return `
    let hash = 0;
    ${of.map((word) => `hash = Math.imul(hash ^ ${word}, ${0x9e3779b1 | 0}); hash ^= hash >>> 15;`).join(' ')}`;
}

/** Makes a function of its source; `null` where code may not be generated (a page whose security policy forbids it). */
export function generated<F>(source: string): F | null {
  try {
    return new Function(`'use strict'; return ${source}`)() as F;
  } catch (error) {
    if (error instanceof EvalError) return null;
    throw error;
  }
}
