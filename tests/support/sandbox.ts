import Stripe from 'stripe'

/** What a buyer does in the browser, without one. */
export type Payment = {
  payment_method: 'bancontact' | 'card' | 'ideal' | 'none' | 'sepa_debit'
  /** Card number; the one that succeeds if left out. */
  number?: string
  email?: string
  name?: string
  phone?: string
  /** Whether the save box is ticked. */
  save_payment_method?: boolean
}

/** The controls of a running sandbox, and Stripe's own SDK pointed at it. */
export class SandboxControl {
  readonly stripe: Stripe

  constructor(
    readonly url: string,
    secretKey: string,
  ) {
    const { hostname, port } = new URL(url)
    this.stripe = new Stripe(secretKey, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 })
  }

  /**
   * Everything that happened: objects, calls with their keys, charges, refunds, deliveries.
   * @param kinds only these, for instance `sessions` and `events`
   */
  ledger<Ledger>(...kinds: string[]): Promise<Ledger> {
    return this.call<Ledger>('GET', `/_sandbox/ledger${kinds.length > 0 ? `?kinds=${kinds.join(',')}` : ''}`)
  }

  reset(): Promise<unknown> {
    return this.call('POST', '/_sandbox/reset', {})
  }

  /** Lets sandbox time pass at once. */
  advance(seconds: number): Promise<unknown> {
    return this.call('POST', '/_sandbox/clock', { advance: seconds })
  }

  addFault(fault: object): Promise<unknown> {
    return this.call('POST', '/_sandbox/faults', fault)
  }

  clearFaults(): Promise<unknown> {
    return this.call('DELETE', '/_sandbox/faults')
  }

  /** Turns the knobs of the webhook sender. */
  webhooks(knobs: object): Promise<unknown> {
    return this.call('POST', '/_sandbox/webhooks', knobs)
  }

  /** Lets the webhook sender work as it should again. */
  clearWebhooks(): Promise<unknown> {
    return this.call('DELETE', '/_sandbox/webhooks')
  }

  /** Completes a checkout session as a buyer would. */
  pay<Result = unknown>(session: string, payment: Payment): Promise<Result> {
    return this.call<Result>('POST', `/_sandbox/checkout_sessions/${session}/pay`, payment)
  }

  /** How long debits are processing, in seconds of the sandbox's clock. */
  debits(timing: { succeed_after?: number; delayed_after?: number }): Promise<unknown> {
    return this.call('POST', '/_sandbox/debits', timing)
  }

  /** Ends a debit that is processing. */
  settleDebit(intent: string, outcome: 'succeed' | 'fail' | 'dispute'): Promise<unknown> {
    return this.call('POST', `/_sandbox/payment_intents/${intent}/settle`, { outcome })
  }

  /** Leaves every event unsent, as if no endpoint had ever been set up. */
  async forgetEndpoints(): Promise<void> {
    for await (const { id } of this.stripe.webhookEndpoints.list()) await this.stripe.webhookEndpoints.del(id)
  }

  private async call<Result = unknown>(method: string, path: string, body?: object): Promise<Result> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body ? JSON.stringify(body) : undefined,
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${method} ${path}: ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as Result
  }
}
