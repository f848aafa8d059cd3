/** No array may be longer than this many bytes: element offsets must stay small integers. */
export const ARRAY_BYTES_MAX = 2 ** 31;

/** A copy of `array` with room for `length` elements. */
export function grown<T extends Int32Array | Uint16Array>(array: T, length: number): T {
  const Same = array.constructor as new (length: number) => T;
  const wider = new Same(length);
  wider.set(array);
  return wider;
}

/** Asked before an array is made: may it have this many bytes? */
export type Allowance = (bytes: number) => boolean;
