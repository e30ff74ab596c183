type Interval = { interval: 'day' | 'week' | 'month' | 'year'; interval_count: number }

/** How often an amount is due, in English, for the dashboard and the terminal: `per month`, `every 3 months`. */
export function recurringWords({ interval, interval_count: count }: Interval): string {
  return count === 1 ? `per ${interval}` : `every ${count} ${interval}s`
}
