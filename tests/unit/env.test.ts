import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { describeProblems, parseEnv } from '@/lib/env'

const good = {
  DATABASE_URL: 'postgres://buylink:hunter2@127.0.0.1:5432/buylink',
  BASE_URL: 'https://pay.acme.shop',
  BUYLINK_SECRET: 'f3a9c1d27b6e48058d1c2b3a49687d5e',
  STRIPE_SECRET_KEY: 'sk_test_51Hc9vKq8sT2',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_51Hc9vKq8sT2',
  STRIPE_WEBHOOK_SECRET: 'whsec_8Jk2Lq7Rt5Yv9Zb3Nm1P',
}
const live = {
  ...good,
  STRIPE_SECRET_KEY: 'sk_live_51Hc9vKq8sT2',
  STRIPE_PUBLISHABLE_KEY: 'pk_live_51Hc9vKq8sT2',
}

function problemsOf(changes: Record<string, string | undefined>, base: Record<string, string> = good) {
  const result = parseEnv({ ...base, ...changes })
  return result.ok ? [] : result.problems.map(({ variable }) => variable)
}

describe('a complete configuration', () => {
  test('is read with its defaults', () => {
    const result = parseEnv(good)
    expect(result).toEqual({
      ok: true,
      env: {
        databaseUrl: good.DATABASE_URL,
        databasePoolSize: 10,
        baseUrl: good.BASE_URL,
        secret: good.BUYLINK_SECRET,
        stripe: {
          secretKey: good.STRIPE_SECRET_KEY,
          publishableKey: good.STRIPE_PUBLISHABLE_KEY,
          webhookSecrets: [good.STRIPE_WEBHOOK_SECRET],
          apiBase: null,
          jsUrl: null,
          livemode: false,
          timeoutSeconds: 15,
          perSecond: 18,
        },
        port: 3000,
        logLevel: 'info',
        trustedProxies: 0,
        sessionsPerAddress: 10,
        declinesPerSession: 5,
        attackTries: 30,
        holdMinutes: 30,
        sweepSeconds: 60,
        worker: 'on',
        webhooks: { allow: [], timeScale: 1 },
        setupToken: null,
        metricsToken: null,
      },
    })
  })

  test('with live keys is live', () => {
    const result = parseEnv({ ...live, STRIPE_SECRET_KEY: 'rk_live_51Hc9vKq8sT2' })
    expect(result.ok && result.env.stripe.livemode).toBe(true)
  })

  test('may carry two webhook secrets while one is rolled', () => {
    const result = parseEnv({
      ...good,
      STRIPE_WEBHOOK_SECRET: 'whsec_8Jk2Lq7Rt5Yv9Zb3Nm1P, whsec_Aa2Lq7Rt5Yv9Zb3Nm1PQq',
    })
    expect(result.ok && result.env.stripe.webhookSecrets).toEqual([
      'whsec_8Jk2Lq7Rt5Yv9Zb3Nm1P',
      'whsec_Aa2Lq7Rt5Yv9Zb3Nm1PQq',
    ])
  })

  test('loses the slash at the end of the base address', () => {
    const result = parseEnv({ ...good, BASE_URL: 'https://pay.acme.shop/' })
    expect(result.ok && result.env.baseUrl).toBe('https://pay.acme.shop')
  })
})

describe('a wrong or half configuration names the variable', () => {
  test.each([
    ['no webhook secret', 'STRIPE_WEBHOOK_SECRET', { STRIPE_WEBHOOK_SECRET: undefined }],
    ['an empty webhook secret', 'STRIPE_WEBHOOK_SECRET', { STRIPE_WEBHOOK_SECRET: '' }],
    ['a blank webhook secret', 'STRIPE_WEBHOOK_SECRET', { STRIPE_WEBHOOK_SECRET: '   ' }],
    ['a short webhook secret', 'STRIPE_WEBHOOK_SECRET', { STRIPE_WEBHOOK_SECRET: 'whsec_short' }],
    [
      'another kind of secret',
      'STRIPE_WEBHOOK_SECRET',
      { STRIPE_WEBHOOK_SECRET: 'sk_test_51Hc9vKq8sT2abcdefgh' },
    ],
    [
      'an example webhook secret',
      'STRIPE_WEBHOOK_SECRET',
      { STRIPE_WEBHOOK_SECRET: 'whsec_xxxxxxxxxxxxxxxxxxxxxxxx' },
    ],
    [
      'a comma too many',
      'STRIPE_WEBHOOK_SECRET',
      { STRIPE_WEBHOOK_SECRET: `${good.STRIPE_WEBHOOK_SECRET},` },
    ],
    [
      'three webhook secrets',
      'STRIPE_WEBHOOK_SECRET',
      { STRIPE_WEBHOOK_SECRET: Array(3).fill(good.STRIPE_WEBHOOK_SECRET).join(',') },
    ],
    ['a short secret', 'BUYLINK_SECRET', { BUYLINK_SECRET: 'f3a9c1d27b6e4805' }],
    ['a monotonous secret', 'BUYLINK_SECRET', { BUYLINK_SECRET: '0'.repeat(64) }],
    ['a secret with a line break', 'BUYLINK_SECRET', { BUYLINK_SECRET: `${good.BUYLINK_SECRET}\n` }],
    ['keys of two modes', 'STRIPE_PUBLISHABLE_KEY', { STRIPE_PUBLISHABLE_KEY: live.STRIPE_PUBLISHABLE_KEY }],
    [
      'a publishable key as secret key',
      'STRIPE_SECRET_KEY',
      { STRIPE_SECRET_KEY: good.STRIPE_PUBLISHABLE_KEY },
    ],
    ['a base address with a path', 'BASE_URL', { BASE_URL: 'https://acme.shop/pay' }],
    ['a base address without a scheme', 'BASE_URL', { BASE_URL: 'pay.acme.shop' }],
    ['an example base address', 'BASE_URL', { BASE_URL: 'https://pay.example.com' }],
    ['another database', 'DATABASE_URL', { DATABASE_URL: 'mysql://root@localhost/buylink' }],
    ['a port that is none', 'PORT', { PORT: '99999' }],
    ['a pool that is no number', 'DATABASE_POOL_SIZE', { DATABASE_POOL_SIZE: 'many' }],
    ['a worker that is neither on nor off', 'WORKER', { WORKER: 'yes' }],
    ['a sandbox address without its script', 'STRIPE_JS_URL', { STRIPE_API_BASE: 'http://127.0.0.1:12111' }],
  ])('%s', (_, variable, changes) => {
    expect(problemsOf(changes)).toEqual([variable])
  })

  test.each([
    ['a sandbox API', 'STRIPE_API_BASE', { STRIPE_API_BASE: 'http://127.0.0.1:12111' }],
    ['a sandbox script', 'STRIPE_JS_URL', { STRIPE_JS_URL: 'http://127.0.0.1:12111/v3/stripe.js' }],
    ['an http base address', 'BASE_URL', { BASE_URL: 'http://pay.acme.shop' }],
    ['localhost', 'BASE_URL', { BASE_URL: 'http://localhost:3000' }],
  ])('a live key with %s', (_, variable, changes) => {
    expect(problemsOf(changes, live)).toEqual([variable])
  })

  test('a live publishable key alone already forbids the sandbox', () => {
    const changes = {
      STRIPE_SECRET_KEY: good.STRIPE_SECRET_KEY,
      STRIPE_JS_URL: 'http://127.0.0.1:1/v3/stripe.js',
    }
    expect(problemsOf(changes, live).sort()).toEqual(['STRIPE_JS_URL', 'STRIPE_PUBLISHABLE_KEY'])
  })

  test('everything at once is said at once, each with a cure and without a value', () => {
    const result = parseEnv({ STRIPE_SECRET_KEY: 'oops-my-real-password' })
    if (result.ok) throw new Error('accepted')
    expect(result.problems.map(({ variable }) => variable).sort()).toEqual(Object.keys(good).sort())
    expect(describeProblems(result.problems)).not.toContain('oops-my-real-password')
    for (const { cure } of result.problems) expect(cure.length).toBeGreaterThan(20)
  })
})

test('.env.example is refused until it has been filled in', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n')
  const source = Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? []
      return name === undefined ? [] : [[name, value]]
    }),
  )
  const result = parseEnv(source)
  if (result.ok) throw new Error('accepted')
  expect(result.problems.map(({ variable }) => variable).sort()).toEqual(Object.keys(good).sort())
})
