/**
 * The seed of the suite: fixed in CI; with `npm run soak` one of its own, which is printed and repeated by
 * `SOAK=<seed> npm run soak`. A soak runs so many times as many schedules.
 */
const given = process.env.SOAK;
export const isSoak = given !== undefined;
export const seed = given === undefined ? 25349 : given === '' ? Math.floor(Math.random() * 2 ** 31) : Number(given);

/** So many schedules, more in a soak. */
export const runs = (inCi: number): number => (isSoak ? 10 * inCi : inCi);

if (isSoak) console.log(`seed ${seed}; SOAK=${seed} npm run soak repeats it`);
