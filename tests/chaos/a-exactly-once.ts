import { randomFrom } from '@/sandbox/webhooks/plan'
import type { ChaosInput, ChaosResult } from '../support/chaos'
import { eachOf } from '../support/crowd'
import { type App, type StackClient, startStack } from '../support/stack'
import { audit } from './exactly-once/audit'
import { outboxFails, outboxWorks } from './exactly-once/outbox-fault'
import { makeSales } from './exactly-once/sales'
import { type Errand, errands, type Order, run as runErrand } from './exactly-once/traffic'

const sizes = { short: { sessions: 40, kills: 1 }, full: { sessions: 5000, kills: 5 } }

/**
 * Sessions paid by card (70 %), by a debit that succeeds (20 %) or fails (10 %) days later; their events sent one to
 * five times each, half of the buyers coming back besides, while the application is killed and its outbox sometimes
 * refuses a row. Once in a shuffled order, once with everything about a session together.
 *
 * The sweeper rests: nothing but these requests may repair what they broke.
 */
export async function run({ seed, scale }: ChaosInput): Promise<ChaosResult> {
  const rounds: ChaosResult[] = []
  for (const order of ['shuffled', 'burst'] as const) rounds.push(await round(order, seed, sizes[scale]))
  return {
    cases: rounds.reduce((sum, { cases }) => sum + cases, 0),
    breaches: rounds.flatMap(({ breaches }) => breaches),
    note: rounds.map(({ note }) => note).join('; '),
  }
}

async function round(order: Order, seed: number, size: { sessions: number; kills: number }) {
  const stack = await startStack({ app: false, seed: true, env: { SWEEP_SECONDS: '3600' } })
  try {
    await stack.sandbox.forgetEndpoints()
    const random = randomFrom(seed)
    const house = new House(stack, await stack.startApp())
    const sales = await makeSales(stack, house.url, size.sessions)
    await outboxFails(stack)
    const work = errands(sales, order, random)
    const since = Date.now()
    await send(stack, house, work, size.kills)
    const sent = (Date.now() - since) / 1000
    await outboxWorks(stack)
    const { cases, breaches } = await audit(stack, sales)
    return {
      cases,
      breaches: breaches.map((breach) => `${order}: ${breach}`),
      note: `${order}: ${sales.length} sessions, ${work.length} requests in ${sent.toFixed(0)} s, ${house.kills} kills`,
    }
  } finally {
    await stack.stop()
  }
}

/** Half of the errands 8 at once, half 32 at once, with the kills spread over all. */
async function send(stack: StackClient, house: House, work: Errand[], kills: number): Promise<void> {
  const every = Math.ceil(work.length / (kills + 1))
  let done = 0
  const killing: Promise<void>[] = []
  const one = async (errand: Errand) => {
    await runErrand(stack, () => house.url, errand)
    done++
    if (done % every === 0 && done < work.length) killing.push(house.kill())
  }
  const half = Math.ceil(work.length / 2)
  await eachOf(work.slice(0, half), 8, one)
  await eachOf(work.slice(half), 32, one)
  await Promise.all(killing)
}

/** The application, which comes back at another port each time it is killed. */
class House {
  kills = 0
  private reviving: Promise<void> = Promise.resolve()

  constructor(
    private readonly stack: StackClient,
    private app: App,
  ) {}

  get url(): string {
    return this.app.url
  }

  kill(): Promise<void> {
    this.reviving = this.reviving.then(async () => {
      process.kill(-this.app.pid, 'SIGKILL')
      this.kills++
      this.app = await this.stack.startApp()
    })
    return this.reviving
  }
}
