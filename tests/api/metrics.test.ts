import { describe, expect, test } from 'vitest'
import { sharedStack } from '../support/api'
import { eventually } from '../support/buyer'

const stack = sharedStack()
const token = 'metrics-token-of-a-test'

async function read(url: string, authorization?: string) {
  const response = await fetch(`${url}/metrics`, { headers: authorization ? { authorization } : {} })
  return { status: response.status, text: await response.text() }
}

const metric = (text: string, name: string) =>
  Number(new RegExp(`^buylink_${name} (\\S+)$`, 'm').exec(text)?.[1])

describe('/metrics', () => {
  test('is not there unless a token is set', async () => {
    expect((await read(stack.baseUrl)).status).toBe(404)
    expect((await read(stack.baseUrl, 'Bearer ')).status).toBe(404)
    expect((await read(stack.baseUrl, 'Bearer null')).status).toBe(404)
  })

  test('is there for the holder of the token alone, and says what needs a person', async () => {
    const app = await stack.startApp({ METRICS_TOKEN: token, WORKER: 'off' })
    for (const wrong of [
      undefined,
      token,
      `Bearer ${token}x`,
      `Bearer ${token.slice(1)}`,
      `Basic ${token}`,
    ]) {
      expect((await read(app.url, wrong)).status).toBe(404)
    }
    const before = await read(app.url, `Bearer ${token}`)
    expect(before.status).toBe(200)
    for (const line of before.text.trim().split('\n')) {
      expect(line).toMatch(/^(# (HELP|TYPE) buylink_\w+ .+|buylink_\w+ \d+(\.\d+)?)$/)
    }
    await stack.sql`
      insert into stripe_events (id, livemode, type, payload, state, received_at, next_attempt_at) values
        ('evt_metrics_dead', false, 'checkout.session.completed', '{}', 'dead', now(), now()),
        ('evt_metrics_late', false, 'checkout.session.completed', '{}', 'pending', now() - interval '1 hour',
          now() + interval '1 hour'),
        ('evt_metrics_live', true, 'checkout.session.completed', '{}', 'dead', now(), now())`
    await stack.sql`
      insert into payment_tries (id, checkout_session_id, link_id, outcome)
      select 'evt_metrics_try', 'cks_metrics', id, 'declined' from payment_links limit 1`
    await stack.sql`insert into counters values ('sweeper_repairs', 3)
      on conflict (name) do update set value = counters.value + 3`
    try {
      const { text } = await read(app.url, `Bearer ${token}`)
      const grown = (name: string) => metric(text, name) - metric(before.text, name)
      // Mutant: both modes counted. A live process would page for test events.
      expect(grown('inbox_dead')).toBe(1)
      expect(metric(text, 'inbox_oldest_seconds')).toBeGreaterThanOrEqual(3600)
      expect(grown('payment_declines_hour')).toBe(1)
      expect(grown('sweeper_repairs_total')).toBeGreaterThanOrEqual(3)
    } finally {
      await stack.sql`delete from stripe_events where id like 'evt_metrics_%'`
      await stack.sql`delete from payment_tries where id like 'evt_metrics_%'`
    }
  })
})

describe('/readyz', () => {
  const ask = async () => {
    const response = await fetch(`${stack.baseUrl}/readyz`)
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  test('is 200 while a worker is heard of, and 503 when none was for a minute', async () => {
    const ready = await eventually(async () => {
      const found = await ask()
      return found.body.worker === 'ok' ? found : null
    })
    expect(ready).toMatchObject({ status: 200, body: { ready: true, database: 'ok' } })
    // The worker of the stack says so itself again within ten seconds, perhaps just between the two.
    const silent = await eventually(async () => {
      await stack.sql`update heartbeats set at = now() - interval '2 minutes'`
      const found = await ask()
      return found.body.worker === 'silent' ? found : null
    })
    expect(silent).toMatchObject({ status: 503, body: { ready: false } })
    await eventually(async () => ((await ask()).status === 200 ? true : null))
  })
})
