import { type Code, hashSource } from './code.ts';
import { REGISTER } from './expand.ts';
import { clearedMask, WINDOW_MASK, type Window } from './pages.ts';

/** Pieces of the generated loop that ask the visited set, or tell it, about the words `x0`, `x1`, ...; its array is `index`. */
export interface VisitedCode {
  /** Made once a call. */
  readonly open: string;
  readonly close: string;
  /** When the set might not have room for what a state enables. */
  readonly full: string;
  /** `hash` of the words. */
  readonly hash: string;
  /** Where in the array a look-up by `hash` begins. */
  readonly first: string;
  /** Reads what all look-ups up to `gathered` will read next; the hashes are in `found`. */
  readonly ahead: string;
  /** `target` is -1 if the words were not found before. */
  readonly locate: string;
  /** Enters the words, which `locate` just missed, as state `target`. */
  readonly enter: string;
}

/** An index from states to ids. `shared`: other threads look into it meanwhile, so a slot is written last and at once. */
export function indexCode({ width, record, hash, locate }: Code, head: number, shared: boolean): VisitedCode {
  return {
    open: '',
    close: '',
    full: 'false',
    hash,
    first: 'hash >>> slotShift',
    ahead: `
    for (let read = ${head}; read < gathered; read += ${record + 1}) {
      const hash = found[read + ${record}], held = index[hash >>> slotShift];
      if ((held ^ (hash << indexBits)) >>> indexBits === 0) ahead ^= words[(held & slotMask) * ${width}];
    }`,
    locate,
    enter: enterSlot(shared),
  };
}

/** Pages, see `Pages`. */
export function pageCode({ width, each, at }: Code, window: Window): VisitedCode {
  const key = (w: number) => (clearedMask(window, w) === -1 ? `x${w}` : `(x${w} & ${clearedMask(window, w)})`);
  const hash = hashSource(Array.from({ length: width }, (_, w) => key(w)));
  return {
    open: `
  const pagesMax = registers[${REGISTER.pagesMax}];
  let pages = registers[${REGISTER.pages}];`,
    close: `registers[${REGISTER.pages}] = pages;`,
    full: 'pages > pagesMax',
    hash,
    first: `(hash >>> slotShift) * ${width + 1}`,
    ahead: '',
    locate: `
    const place = x${window.word} >>> ${window.shift} & ${WINDOW_MASK}, bit = 1 << place;
    let page = (hash >>> slotShift) * ${width + 1}, held = index[page + ${width}];
    while (held !== 0 && !(${each((w) => `${at('index', 'page', w)} === ${key(w)}`, ' && ')})) {
      page = page === slotMask * ${width + 1} ? 0 : page + ${width + 1};
      held = index[page + ${width}];
    }
    let target = (held >>> place & 1) - 1;`,
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
