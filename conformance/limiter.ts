/** How a watcher's limiter is filled: what it holds at most, and how often it gains a token. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** The recording's clock and the limiter's may differ by so much, in ms. */
export const limiterSlackMs = 100;

/**
 * What is known of one limiter: between which two moments of the recording's clock it will be full again if nobody takes
 * a token. Without end, it is full already.
 */
export interface Bucket {
  readonly from: number;
  readonly to: number;
}

/** A limiter as it is made. */
export const full: Bucket = { from: Number.NEGATIVE_INFINITY, to: Number.NEGATIVE_INFINITY };

/** The same bucket as of `now`: one that has filled up meanwhile is like a new one. */
export function refilled(bucket: Bucket, now: number): Bucket {
  if (bucket.to <= now) return full;
  return bucket;
}

/** From when on a token can be had, and by when it can be had for certain, by the limiter's own clock. */
export function available(bucket: Bucket, { burst, perSecond }: Rate): { readonly from: number; readonly to: number } {
  const ahead = ((burst - 1) * 1000) / perSecond;
  return { from: bucket.from - ahead, to: bucket.to - ahead };
}

/** The bucket after a token was taken at `now`; `null` if it had none by then. */
export function spent(bucket: Bucket, now: number, rate: Rate): Bucket | null {
  const ahead = ((rate.burst - 1) * 1000) / rate.perSecond;
  if (bucket.from - ahead > now + limiterSlackMs) return null;
  const gain = 1000 / rate.perSecond;
  const latest = now + ahead + limiterSlackMs;
  return {
    from: Math.max(now, bucket.from) + gain,
    to: Math.max(now, Math.min(bucket.to, latest)) + gain,
  };
}

/** A token taken at any moment of a stretch of time that is not told in detail, and that ends at `end`. */
export function spentWithin(bucket: Bucket, begin: number, end: number, rate: Rate): Bucket | null {
  const gain = 1000 / rate.perSecond;
  const next = { from: Math.max(begin, bucket.from) + gain, to: Math.max(begin, bucket.to) + gain };
  return next.from > end + rate.burst * gain + limiterSlackMs ? null : next;
}
