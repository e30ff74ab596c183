const minute = 60
const hour = 60 * minute

/** Seconds to wait before each try of a delivery, the first included; about three days altogether. */
export const schedule = [
  0,
  5,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const

/** A receiver may ask for more patience, up to this. */
const longestWait = 24 * hour
/** An endpoint that only failed for this long is switched off. */
export const failureSeconds = 5 * 24 * hour

/**
 * Seconds until the next try, or null when the schedule is used up.
 * @param step tries so far, counted since the delivery was put on the schedule
 * @param retryAfter seconds the receiver asked for; counts where it is the longer wait
 * @param random between 0 and 1: spreads each wait by ± 20 %, so that receivers are not hit in step
 */
export function nextWait(step: number, retryAfter: number | null, random = Math.random()): number | null {
  const wait = schedule[step]
  if (wait === undefined) return null
  return Math.max(wait * (0.8 + 0.4 * random), Math.min(retryAfter ?? 0, longestWait))
}

/** Seconds of a `Retry-After` header, which holds seconds or a date; null where it says nothing usable. */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const date = /^[A-Z][a-z]{2},/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now.getTime()) / 1000))
}

/** Whether nothing but failures, the newest at `now`, has lasted long enough to switch an endpoint off. */
export function hasFailedTooLong(failingSince: Date | null, now: Date, timeScale = 1): boolean {
  return (
    failingSince !== null && now.getTime() - failingSince.getTime() >= (failureSeconds * 1000) / timeScale
  )
}
