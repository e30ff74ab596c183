/**
 * A token bucket: `perSecond` on average, a quarter more at most in any one second. Callers get their turn in
 * order. Times are milliseconds of the caller's clock.
 */
export class Bucket {
  private readonly burst: number
  private tokens: number
  private at: number | null = null
  private slowUntil = 0

  constructor(private readonly perSecond: number) {
    this.burst = Math.max(1, Math.floor(perSecond / 4))
    this.tokens = this.burst
  }

  private refill(now: number): void {
    const passed = this.at === null ? 0 : Math.max(0, now - this.at)
    this.tokens = Math.min(this.burst, this.tokens + (passed / 1000) * this.perSecond)
    this.at = now
  }

  /** Takes the next turn. @returns the milliseconds until it comes */
  take(now: number): number {
    this.refill(now)
    this.tokens -= 1
    return this.tokens >= 0 ? 0 : Math.ceil((-this.tokens / this.perSecond) * 1000)
  }

  /** How many milliseconds away the next turn would be, without taking it. */
  wait(now: number): number {
    this.refill(now)
    return Math.max(0, Math.ceil(((1 - this.tokens) / this.perSecond) * 1000))
  }

  /** Stripe said that it was too much: the next turns come a second later. Told by many, it counts once. */
  slowDown(now: number): void {
    if (now < this.slowUntil) return
    this.refill(now)
    this.slowUntil = now + 1000
    this.tokens = Math.min(this.tokens, 0) - this.perSecond
  }
}
