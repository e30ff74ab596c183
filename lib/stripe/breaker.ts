/** Failures in a row after which nothing more is asked. */
const enough = 5
/** A call without an answer for so many milliseconds counts as a failure, although it may yet succeed. */
export const slowAfter = 8000
const firstPause = 1000
const longestPause = 8000

/**
 * Keeps calls from a Stripe that does not answer. Opens after nothing but failures, lets one call through
 * after a pause, and closes by itself with the first success. Times are milliseconds of the caller's clock.
 */
export class Breaker {
  private failures = 0
  private openUntil = 0
  private pause = firstPause
  private probing = false

  /** Whether a call may begin, as a probe or as any other, or the milliseconds to wait instead. */
  enter(now: number): { probe: boolean } | { wait: number } {
    if (!this.isOpen) return { probe: false }
    if (now < this.openUntil) return { wait: this.openUntil - now }
    if (this.probing) return { wait: firstPause }
    this.probing = true
    return { probe: true }
  }

  /** Stripe answered, whatever it said. */
  answered(): void {
    this.failures = 0
    this.openUntil = 0
    this.pause = firstPause
    this.probing = false
  }

  failed(now: number, probe: boolean): void {
    this.failures += 1
    if (probe) {
      this.probing = false
      this.pause = Math.min(this.pause * 2, longestPause)
      this.openUntil = now + this.pause
    } else if (!this.isOpen && this.failures >= enough) {
      this.openUntil = now + this.pause
    }
  }

  get isOpen(): boolean {
    return this.openUntil > 0
  }
}
