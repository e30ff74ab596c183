import pino from 'pino'
import { env } from '@/lib/env'
import { once } from '@/lib/once'

/** The only fields a log line may carry; whatever else is passed does not reach it. */
const allowedFields = [
  'attempt',
  'code',
  'count',
  'delivery',
  'endpoint',
  'event',
  'event_type',
  'link',
  'livemode',
  'method',
  'ms',
  'operation',
  'order',
  'path',
  'reason',
  'request_id',
  'session',
  'status',
  'version',
] as const

export type LogFields = Partial<
  Record<(typeof allowedFields)[number], string | number | boolean | null | undefined>
> & { error?: unknown }

const secrets: [RegExp, string][] = [
  [/\b(sk|rk)_(test|live)_\w+/g, '$1_$2_[removed]'],
  [/\bbl_(test|live)_[\w-]+/g, 'bl_$1_[removed]'],
  [/\bwhsec_[\w+/=-]+/g, 'whsec_[removed]'],
  [/_secret_\w+/g, '_secret_[removed]'],
  [/\b(Bearer|Basic) [\w.+/=~-]+/gi, '$1 [removed]'],
  [/(\w+:\/\/[^:/\s]+:)[^@\s]+@/g, '$1[removed]@'],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '[address removed]'],
  [/\b\d(?:[ -]?\d){12,18}\b/g, '[number removed]'],
]

/** Takes out of a line what looks like a key, a secret, an e-mail address or a card number. */
export function scrub(line: string): string {
  return secrets.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line)
}

/** Drizzle writes the values of a failed query behind its text: names, addresses, whatever a buyer typed. */
const withoutValues = (text: string | undefined) => text?.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/, '')

function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, cause } = error
  const code = 'code' in error ? error.code : undefined
  const [message, stack] = [withoutValues(error.message), withoutValues(error.stack)]
  return { name, message, code, stack, ...(cause ? { cause: describeError(cause) } : {}) }
}

/** A logger with the rules of this file; `destination` is standard output unless a test says otherwise. */
export function makeLogger(level: string, destination?: pino.DestinationStream) {
  const options: pino.LoggerOptions = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => ({
        ...Object.fromEntries(
          allowedFields.flatMap((name) => (name in fields ? [[name, fields[name]]] : [])),
        ),
        ...('error' in fields ? { error: describeError(fields.error) } : {}),
      }),
    },
    hooks: { streamWrite: scrub },
  }
  return destination ? pino(options, destination) : pino(options)
}

const logger = () => once('log', () => makeLogger(level()))

/** A log must not fail, least of all when it has to say that the configuration is wrong. */
function level(): string {
  try {
    return env().logLevel
  } catch {
    return 'info'
  }
}

type Write = (fields: LogFields, message: string) => void

/** The process's log: one JSON object a line on standard output. */
export const log: Record<'debug' | 'info' | 'warn' | 'error', Write> = {
  debug: (fields, message) => logger().debug(fields, message),
  info: (fields, message) => logger().info(fields, message),
  warn: (fields, message) => logger().warn(fields, message),
  error: (fields, message) => logger().error(fields, message),
}

/**
 * Has what the framework and other people's code say by themselves (an error a page threw, a warning) follow the
 * rules of this file too: an error's own properties, which hold the values of a failed query, are not printed.
 */
export function takeOverConsole(): void {
  const say =
    (write: Write) =>
    (...parts: unknown[]) => {
      const error = parts.find((part) => part instanceof Error)
      const words = parts.filter((part) => typeof part === 'string').join(' ')
      write({ ...(error ? { error } : {}) }, words || 'something was said without words')
    }
  console.error = say(log.error)
  console.warn = say(log.warn)
}
