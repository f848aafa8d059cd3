/** No array may be longer than this many bytes: element offsets must stay 31-bit integers. */
export const ARRAY_BYTES_MAX = 2 ** 33 - 8;

type Numbers = Int32Array | Uint16Array | Uint8Array;

/** A copy of `array` with room for `length` elements; shared between threads if `array` is. */
export function grown<T extends Numbers>(array: T, length: number): T {
  const wider = like(array, length);
  wider.set(array);
  return wider;
}

/** Zeros of the same sort and sharing as `array`. */
export function like<T extends Numbers>(array: T, length: number, share = isShared(array)): T {
  const Same = array.constructor as new (of: number | SharedArrayBuffer) => T;
  return new Same(share ? new SharedArrayBuffer(length * array.BYTES_PER_ELEMENT) : length);
}

/** So many zeros, shared between threads. */
export function shared(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}

/** The array if it is shared, else a shared copy of it. */
export function sharedCopy<T extends Numbers>(array: T): T {
  if (isShared(array)) return array;
  const copy = like(array, array.length, true);
  copy.set(array);
  return copy;
}

function isShared({ buffer }: Numbers): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;
}

/** Asked before an array is made: may it have this many bytes? */
export type Allowance = (bytes: number) => boolean;
