import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { once } from '@/lib/once'

/** Everything the application reads from its environment, checked. */
export type Env = {
  databaseUrl: string
  /** Connections per process. */
  databasePoolSize: number
  /** Public origin, without a slash at the end. */
  baseUrl: string
  /** At least 32 characters; signs cookies and redirects. */
  secret: string
  stripe: {
    secretKey: string
    publishableKey: string
    /** One, or two while a secret is being rolled. */
    webhookSecrets: string[]
    /** Another host that speaks Stripe's API: the sandbox. Never with a live key. */
    apiBase: string | null
    jsUrl: string | null
    livemode: boolean
    /** Seconds after which a call has had no answer. */
    timeoutSeconds: number
    /** Calls one process makes in a second. */
    perSecond: number
  }
  port: number
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  /** How many proxies in front of this server append to X-Forwarded-For. */
  trustedProxies: number
  /** Whether this process also delivers webhooks and sweeps. */
  worker: 'on' | 'off'
  /** Checkout sessions one address opens on one link in ten minutes before it has to queue. */
  sessionsPerAddress: number
  /** Declined payments after which a checkout session is ended. */
  declinesPerSession: number
  /** Tries to pay on one link in ten minutes from which on it can count as under attack. */
  attackTries: number
  /** Minutes a place is held for a buyer who pressed pay. */
  holdMinutes: number
  /** Seconds between the sweeper's rounds. */
  sweepSeconds: number
  webhooks: {
    /** Private networks (CIDR) that outgoing webhooks may reach; loopback and the like are refused otherwise. */
    allow: string[]
    /** Divides every wait of outgoing webhooks, to try them out. 1 except with test keys. */
    timeScale: number
  }
  /** Chosen by the operator for the first sign-up, instead of a generated one. */
  setupToken: string | null
  /** What a reader of /metrics has to present; without one there is no such page. */
  metricsToken: string | null
}

export type EnvProblem = { variable: string; problem: string; cure: string }
export type EnvResult = { ok: true; env: Env } | { ok: false; problems: EnvProblem[] }

const placeholder =
  /\.\.\.|…|[<>]|x{4,}|change[-_ ]?me|replace[-_ ]|your[-_ ]|\bexample\.(com|org|net)\b|placeholder|secret_here/i

/** A string as a person would have meant it: no stray white space, no text left over from an example. */
const filled = z
  .string()
  .refine((value) => value === value.trim() && !/\s/.test(value), 'contains white space')
  .refine((value) => !placeholder.test(value), 'is still a placeholder')

function key(kinds: string[], name: string) {
  const pattern = new RegExp(`^(${kinds.join('|')})_(test|live)_[A-Za-z0-9_]{8,}$`)
  return filled.refine((value) => pattern.test(value), `is not a ${name}`)
}

const origin = filled
  .transform((value) => value.replace(/\/$/, ''))
  .refine((value) => {
    const url = URL.canParse(value) ? new URL(value) : null
    return url !== null && /^https?:$/.test(url.protocol) && url.origin === value
  }, 'is not an origin such as https://pay.acme.com (lower case, without a path)')

const address = filled.refine(
  (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
  'is not an http address',
)

const whole = (minimum: number, maximum: number) =>
  z
    .string()
    .refine(
      (value) => /^\d{1,6}$/.test(value) && Number(value) >= minimum && Number(value) <= maximum,
      `is not a whole number from ${minimum} to ${maximum}`,
    )
    .transform(Number)

const webhookSecrets = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()))
  .refine((secrets) => secrets.length <= 2, 'holds more than two secrets')
  .refine(
    (secrets) => secrets.every((secret) => /^whsec_[A-Za-z0-9+/=_-]{18,}$/.test(secret)),
    'is not a signing secret (whsec_ and at least 18 characters more)',
  )
  .refine((secrets) => !secrets.some((secret) => placeholder.test(secret)), 'is still a placeholder')

const networks = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()))
  .refine(
    (parts) => parts.every((part) => ipaddr.isValidCIDR(part)),
    'is not a list such as 10.1.2.0/24,fd00::/8',
  )

const token = filled.refine((value) => value.length >= 16, 'is shorter than 16 characters')

const variables = z.object({
  DATABASE_URL: filled.refine(
    (value) => URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol),
    'is not a Postgres address',
  ),
  DATABASE_POOL_SIZE: whole(1, 1000).default(10),
  BASE_URL: origin,
  BUYLINK_SECRET: filled
    .refine((value) => value.length >= 32, 'is shorter than 32 characters')
    .refine((value) => new Set(value).size >= 8, 'repeats the same few characters'),
  STRIPE_SECRET_KEY: key(['sk', 'rk'], 'secret or restricted Stripe key'),
  STRIPE_PUBLISHABLE_KEY: key(['pk'], 'publishable Stripe key'),
  STRIPE_WEBHOOK_SECRET: webhookSecrets,
  STRIPE_API_BASE: origin.optional(),
  STRIPE_JS_URL: address.optional(),
  STRIPE_TIMEOUT_SECONDS: whole(1, 80).default(15),
  STRIPE_CALLS_PER_SECOND: whole(1, 1000).optional(),
  PORT: whole(0, 65535).default(3000),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'is none of trace, debug, info, warn, error, fatal, silent',
    })
    .default('info'),
  TRUSTED_PROXIES: whole(0, 10).default(0),
  WORKER: z.enum(['on', 'off'], { error: 'is neither on nor off' }).default('on'),
  SESSIONS_PER_ADDRESS: whole(1, 100_000).default(10),
  DECLINES_PER_SESSION: whole(1, 1000).default(5),
  ATTACK_TRIES: whole(1, 100_000).default(30),
  HOLD_MINUTES: whole(1, 30).default(30),
  SWEEP_SECONDS: whole(1, 3600).default(60),
  WEBHOOK_ALLOW: networks.default([]),
  WEBHOOK_TIME_SCALE: whole(1, 100_000).default(1),
  SETUP_TOKEN: token.optional(),
  METRICS_TOKEN: token.optional(),
})

type Variable = keyof z.infer<typeof variables>

const cures: Record<Variable, string> = {
  DATABASE_URL: 'Set it to postgres://user:password@host:5432/database.',
  DATABASE_POOL_SIZE: 'Set it to the number of connections this process may hold, or leave it out for 10.',
  BASE_URL: 'Set it to the address buyers see, for instance https://pay.acme.com.',
  BUYLINK_SECRET: 'Set it to a fresh random value, for instance the output of: openssl rand -hex 32',
  STRIPE_SECRET_KEY:
    'Copy the secret key (sk_…) or a restricted key (rk_…) from Stripe’s dashboard, API keys.',
  STRIPE_PUBLISHABLE_KEY: 'Copy the publishable key (pk_…) from Stripe’s dashboard, API keys.',
  STRIPE_WEBHOOK_SECRET:
    'Add a webhook endpoint for BASE_URL/webhooks/stripe in Stripe’s dashboard and copy its signing secret (whsec_…).',
  STRIPE_API_BASE: 'Leave it out, except to work with the sandbox.',
  STRIPE_JS_URL: 'Leave it out, except to work with the sandbox.',
  STRIPE_TIMEOUT_SECONDS: 'Leave it out for 15, or set it to a number of seconds up to 80.',
  STRIPE_CALLS_PER_SECOND:
    'Leave it out for three quarters of what Stripe allows, or set it to a whole number.',
  PORT: 'Set it to a free port, or leave it out for 3000.',
  LOG_LEVEL: 'Leave it out for info.',
  TRUSTED_PROXIES: 'Set it to the number of proxies in front of this server, or leave it out for none.',
  WORKER: 'Leave it out, or set it to off where npm run worker runs by itself.',
  SESSIONS_PER_ADDRESS: 'Leave it out for 10, or set it to a whole number.',
  DECLINES_PER_SESSION: 'Leave it out for 5, or set it to a whole number.',
  ATTACK_TRIES: 'Leave it out for 30, or set it to a whole number.',
  HOLD_MINUTES: 'Leave it out for 30, or set it to a number of minutes below that.',
  SWEEP_SECONDS: 'Leave it out for 60, or set it to a number of seconds up to 3600.',
  WEBHOOK_ALLOW: 'Leave it out, or list the networks that webhooks may reach, for instance 10.1.2.0/24.',
  WEBHOOK_TIME_SCALE: 'Leave it out; it is for trying out webhooks with test keys.',
  SETUP_TOKEN: 'Leave it out to have one generated, or set it to at least 16 random characters.',
  METRICS_TOKEN: 'Leave it out to have no /metrics, or set it to at least 16 random characters.',
}

function isVariable(name: unknown): name is Variable {
  return typeof name === 'string' && name in cures
}

/**
 * Checks a set of environment variables; an empty value counts as missing.
 *
 * Half a configuration is refused as a whole: what takes money must not start on a guess.
 */
export function parseEnv(source: Source): EnvResult {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = variables.safeParse(present)
  const found = [...shapeProblems(parsed.error, present), ...contradictions(present)]
  const problems = found.filter(
    ({ variable }, index) => found.findIndex((other) => other.variable === variable) === index,
  )
  if (!parsed.success || problems.length > 0) return { ok: false, problems }
  const values = parsed.data
  return {
    ok: true,
    env: {
      databaseUrl: values.DATABASE_URL,
      databasePoolSize: values.DATABASE_POOL_SIZE,
      baseUrl: values.BASE_URL,
      secret: values.BUYLINK_SECRET,
      stripe: {
        secretKey: values.STRIPE_SECRET_KEY,
        publishableKey: values.STRIPE_PUBLISHABLE_KEY,
        webhookSecrets: values.STRIPE_WEBHOOK_SECRET,
        apiBase: values.STRIPE_API_BASE ?? null,
        jsUrl: values.STRIPE_JS_URL ?? null,
        livemode: isLive(values.STRIPE_SECRET_KEY),
        timeoutSeconds: values.STRIPE_TIMEOUT_SECONDS,
        perSecond: values.STRIPE_CALLS_PER_SECOND ?? allowedRate(values),
      },
      port: values.PORT,
      logLevel: values.LOG_LEVEL,
      trustedProxies: values.TRUSTED_PROXIES,
      worker: values.WORKER,
      sessionsPerAddress: values.SESSIONS_PER_ADDRESS,
      declinesPerSession: values.DECLINES_PER_SESSION,
      attackTries: values.ATTACK_TRIES,
      holdMinutes: values.HOLD_MINUTES,
      sweepSeconds: values.SWEEP_SECONDS,
      webhooks: { allow: values.WEBHOOK_ALLOW, timeScale: values.WEBHOOK_TIME_SCALE },
      setupToken: values.SETUP_TOKEN ?? null,
      metricsToken: values.METRICS_TOKEN ?? null,
    },
  }
}

type Source = Record<string, string | undefined>

function shapeProblems(error: z.ZodError | undefined, present: Source): EnvProblem[] {
  return (error?.issues ?? []).flatMap((issue) => {
    const variable = issue.path[0]
    if (!isVariable(variable)) return []
    const problem = present[variable] === undefined ? 'is missing' : issue.message
    return [{ variable, problem, cure: cures[variable] }]
  })
}

/** Three quarters of 100 calls a second in live and 25 in test mode (Stripe, Rate limits); the sandbox has none. */
function allowedRate(values: { STRIPE_SECRET_KEY: string; STRIPE_API_BASE?: string | undefined }): number {
  if (values.STRIPE_API_BASE) return 1000
  return isLive(values.STRIPE_SECRET_KEY) ? 75 : 18
}

const isLive = (key: string | undefined) => key?.includes('_live_') ?? false

/** What is right by itself and wrong together. */
function contradictions(present: Source): EnvProblem[] {
  const problems: EnvProblem[] = []
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_PUBLISHABLE_KEY: publishableKey } = present
  if (secretKey && publishableKey && isLive(secretKey) !== isLive(publishableKey)) {
    const mode = (key: string) => (isLive(key) ? 'a live key' : 'a test key')
    problems.push({
      variable: 'STRIPE_PUBLISHABLE_KEY',
      problem: `is ${mode(publishableKey)} and STRIPE_SECRET_KEY ${mode(secretKey)}`,
      cure: 'Take both keys from the same mode of the same Stripe account.',
    })
  }
  const anyLive = isLive(secretKey) || isLive(publishableKey)
  for (const variable of ['STRIPE_API_BASE', 'STRIPE_JS_URL'] as const) {
    const other = variable === 'STRIPE_API_BASE' ? 'STRIPE_JS_URL' : 'STRIPE_API_BASE'
    if (anyLive && present[variable] !== undefined) {
      problems.push({
        variable,
        problem: 'is set together with a live key, and money never goes through a stand-in',
        cure: `Leave out ${variable}, or use test keys.`,
      })
    } else if (!anyLive && present[variable] === undefined && present[other] !== undefined) {
      problems.push({
        variable,
        problem: `is missing while ${other} is set`,
        cure: 'Set both, so that server and page talk to the same sandbox, or leave both out to talk to Stripe.',
      })
    }
  }
  if (anyLive && (present.WEBHOOK_TIME_SCALE ?? '1') !== '1') {
    problems.push({
      variable: 'WEBHOOK_TIME_SCALE',
      problem: 'is set together with a live key',
      cure: 'Leave out WEBHOOK_TIME_SCALE, or use test keys.',
    })
  }
  if (anyLive && present.BASE_URL && !present.BASE_URL.startsWith('https://')) {
    problems.push({
      variable: 'BASE_URL',
      problem: 'is not an https address, and the Stripe key is a live key',
      cure: 'Serve the site over https and set BASE_URL to that address; use test keys on your own machine.',
    })
  }
  return problems
}

/** One problem a line, each with its cure; values are never repeated, they may be secret. */
export function describeProblems(problems: EnvProblem[]): string {
  return problems.map(({ variable, problem, cure }) => `${variable} ${problem}. ${cure}`).join('\n')
}

/**
 * The environment of this process, checked once.
 * @throws Error that lists every problem.
 */
export function env(): Env {
  return once('env', () => {
    const result = parseEnv(process.env)
    if (!result.ok)
      throw new Error(`The configuration is not complete:\n${describeProblems(result.problems)}`)
    return result.env
  })
}
