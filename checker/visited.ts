import type { Code } from './code.ts';
import { REGISTER } from './expand.ts';
import { clearedMask, type Window } from './pages.ts';

/** Pieces of the generated loop that ask the visited set, or tell it, about the words `x0`, `x1`, ...; its array is `index`. */
export interface VisitedCode {
  /** Made once a call. */
  readonly open: string;
  readonly close: string;
  /** When the set might not have room for what a state enables. */
  readonly full: string;
  /** `hash` of the words. */
  readonly hash: string;
  /** Reads what a look-up by `hash` will read first, for all between `read` and `gathered`. */
  readonly ahead: string;
  /** `target` is -1 if the words were not found before. */
  readonly locate: string;
  /** Enters the words, which `locate` just missed, as state `target`. */
  readonly enter: string;
}

/** An index from states to ids. `shared`: other threads look into it meanwhile, so a slot is written last and at once. */
export function indexCode({ width, record, each, at, hash, locate }: Code, head: number, shared: boolean): VisitedCode {
  return {
    open: `const indexBits = registers[${REGISTER.indexBits}], slotShift = 32 - indexBits, slotMask = (1 << indexBits) - 1;`,
    close: '',
    full: 'false',
    hash,
    ahead: `
    for (let read = ${head}; read < gathered; read += ${record + 1}) {
      ${each((w) => `const x${w} = ${at('found', 'read', w + 1)};`)}
      ${hash}
      found[read + ${record}] = hash;
      ahead ^= index[hash >>> slotShift];
    }
    for (let read = ${head}; read < gathered; read += ${record + 1}) {
      const hash = found[read + ${record}], held = index[hash >>> slotShift];
      if ((held ^ (hash << indexBits)) >>> indexBits === 0) ahead ^= words[(held & slotMask) * ${width}];
    }`,
    locate,
    enter: enterSlot(shared),
  };
}

/** Pages, see `Pages`. */
export function pageCode({ width, record, each, at }: Code, head: number, window: Window): VisitedCode {
  const key = (w: number) => (clearedMask(window, w) === -1 ? `x${w}` : `(x${w} & ${clearedMask(window, w)})`);
  const hash = `
    let hash = 0;
    ${each((w) => `hash = Math.imul(hash ^ ${key(w)}, ${0x9e3779b1 | 0}); hash ^= hash >>> 15;`)}`;
  return {
    open: `
  const indexBits = registers[${REGISTER.indexBits}], slotShift = 32 - indexBits, slotMask = (1 << indexBits) - 1;
  const pagesMax = registers[${REGISTER.pagesMax}];
  let pages = registers[${REGISTER.pages}];`,
    close: `registers[${REGISTER.pages}] = pages;`,
    full: 'pages > pagesMax',
    hash,
    ahead: `
    for (let read = ${head}; read < gathered; read += ${record + 1}) {
      ${each((w) => `const x${w} = ${at('found', 'read', w + 1)};`)}
      ${hash}
      found[read + ${record}] = hash;
      ahead ^= index[(hash >>> slotShift) * ${width + 1}];
    }`,
    locate: `
    const bit = 1 << (x${window.word} >>> ${window.shift} & 31);
    let page = (hash >>> slotShift) * ${width + 1}, held = index[page + ${width}];
    while (held !== 0 && !(${each((w) => `${at('index', 'page', w)} === ${key(w)}`, ' && ')})) {
      page = page === slotMask * ${width + 1} ? 0 : page + ${width + 1};
      held = index[page + ${width}];
    }
    let target = (held >>> (x${window.word} >>> ${window.shift} & 31) & 1) - 1;`,
    enter: `
    if (held === 0) {
      ${each((w) => `${at('index', 'page', w)} = ${key(w)};`)}
      pages++;
    }
    index[page + ${width}] = held | bit;`,
  };
}

/** Enters state `target` (its words are written) into the free `slot`. */
export function enterSlot(shared: boolean): string {
  return shared ? 'Atomics.store(index, slot, tag | (target + 1));' : 'index[slot] = tag | (target + 1);';
}
