/** The end of a period that starts at `seconds`, counted on the calendar in UTC. */
export function periodEnd(seconds: number, interval: string, count: number): number {
  const date = new Date(seconds * 1000)
  const day = date.getUTCDate()
  if (interval === 'day') date.setUTCDate(day + count)
  else if (interval === 'week') date.setUTCDate(day + 7 * count)
  else {
    date.setUTCDate(1)
    if (interval === 'month') date.setUTCMonth(date.getUTCMonth() + count)
    else date.setUTCFullYear(date.getUTCFullYear() + count)
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
    date.setUTCDate(Math.min(day, last))
  }
  return Math.floor(date.getTime() / 1000)
}

/**
 * The end of the period that starts at `start`, counted from the anchor: a month from 31 January ends in February
 * and the next one on 31 March again.
 */
export function nextPeriodEnd(anchor: number, start: number, interval: string, count: number): number {
  let times = 1
  while (periodEnd(anchor, interval, times * count) <= start) times += 1
  return periodEnd(anchor, interval, times * count)
}
