import { z } from 'zod'
import type { Known, Wire } from '../wire'
import { invalidRequest, type StripeError } from './errors'
import { bracketName, type Raw } from './form'

type Issue = { code?: string; message: string }
type Refuse = (issue: Issue) => never

/** `{param}` in a message stands for the parameter's name in bracket notation. */
function read<T>(convert: (value: string, refuse: (issue: Issue) => void) => T) {
  return z.string().transform((value, context): T => {
    let refused = false
    const refuse = ({ code, message }: Issue) => {
      refused = true
      context.addIssue({ code: 'custom', message, params: { code } })
    }
    const result = convert(value, refuse as Refuse)
    return refused ? z.NEVER : result
  })
}

const emptyMessage =
  "You passed an empty string for '{param}'. We assume empty values are an attempt to unset a parameter; " +
  "however '{param}' cannot be unset. You should remove '{param}' from your request or supply a non-empty value."

function shortened(value: string): string {
  return value.length > 12 ? `${value.slice(0, 5)}...${value.slice(-5)}` : value
}

/** A string that is not empty. */
export const text = (maximum = 5000) =>
  read((value, refuse) => {
    if (value === '') refuse({ code: 'parameter_invalid_empty', message: emptyMessage })
    if (value.length > maximum) {
      refuse({ message: `Invalid string: ${shortened(value)}; must be at most ${maximum} characters` })
    }
    return value
  })

/** Stripe's `Emptyable`: the empty string unsets a value. */
export const emptyable = <T extends z.ZodType>(schema: T) => z.union([z.literal(''), schema])

export const integer = (minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER) =>
  read((value, refuse) => {
    const code = 'parameter_invalid_integer'
    const number = Number(value)
    if (value === '') refuse({ code: 'parameter_invalid_empty', message: emptyMessage })
    else if (!/^-?\d{1,15}$/.test(value)) refuse({ code, message: `Invalid integer: ${value}` })
    else if (number < minimum) {
      refuse({ code, message: `This value must be greater than or equal to ${minimum}.` })
    } else if (number > maximum) {
      refuse({ code, message: `This value must be less than or equal to ${maximum}.` })
    }
    return number
  })

export const decimal = () =>
  read((value, refuse) => {
    if (!/^\d{1,12}(\.\d{1,12})?$/.test(value)) refuse({ message: `Invalid decimal: ${value}` })
    return value
  })

export const boolean = () =>
  read((value, refuse) => {
    if (value !== 'true' && value !== 'false') refuse({ message: `Invalid boolean: ${value}` })
    return value === 'true'
  })

export const email = () =>
  read((value, refuse) => {
    if (!isEmail(value)) refuse({ code: 'email_invalid', message: `Invalid email address: ${value}` })
    return value
  })

export function isEmail(value: string): boolean {
  return value.length <= 512 && /^[^\s@<>(),;:"[\]\\]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value)
}

export const url = (maximum = 5000) =>
  read((value, refuse) => {
    const isUrl = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
    if (!isUrl || value.length > maximum) refuse({ code: 'url_invalid', message: 'Not a valid URL' })
    return value
  })

export const currency = () =>
  read((value, refuse) => {
    if (!/^[a-z]{3}$/i.test(value)) refuse({ message: `Invalid currency: ${value}` })
    return value.toLowerCase()
  })

/** A share of a hundred with four decimals at most. */
export const percent = (minimum = 0.0001) =>
  read((value, refuse) => {
    const number = Number(value)
    if (!/^\d{1,3}(\.\d{1,4})?$/.test(value) || number < minimum || number > 100) {
      const least = minimum === 0 ? 'at least 0' : 'more than 0'
      refuse({ message: `Invalid percent: ${value}; it must be ${least} and at most 100` })
    }
    return number
  })

/** Values by currency code, as `currency_options` has them. */
export const currencyMap = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (Array.isArray(value) ? { ...value } : value), z.record(currency(), schema))

/** One of the values of an enum of the SDK; a value the SDK no longer knows fails the type check. */
export const choice =
  <T>() =>
  <const V extends Known<NonNullable<T>>>(...values: [V, ...V[]]) =>
    read((value, refuse): V => {
      const found = values.find((known) => known === value)
      if (found === undefined) {
        const list = [...values].sort()
        const last = list.pop()
        refuse({
          message: `Invalid {param}: must be one of ${list.join(', ')}${list.length > 0 ? ', or ' : ''}${last}`,
        })
      }
      return found ?? values[0]
    })

/** Up to 50 pairs; an empty value removes its key. */
export const metadata = () =>
  z.preprocess(
    (value) => (Array.isArray(value) ? { ...value } : value),
    z.record(z.string(), z.string()).superRefine((pairs, context) => {
      const refuse = (message: string, path: string[] = []) =>
        context.addIssue({ code: 'custom', message, path, params: {} })
      if (Object.keys(pairs).length > 50) refuse('You can only set up to 50 metadata keys on an object.')
      for (const [key, value] of Object.entries(pairs)) {
        if (key.length > 40) refuse(`Metadata keys can have up to 40 characters. Invalid key: ${key}`, [key])
        if (value.length > 500) {
          refuse(
            `Metadata values can have up to 500 characters, but you passed in a value that is ${value.length} characters. Invalid value: ${shortened(value)}`,
            [key],
          )
        }
      }
    }),
  )

type Shape = Record<string, z.ZodType>
type Fits<S, P> = { [K in keyof S]: K extends keyof P ? z.ZodType<Wire<P[K]>> : never }
type Unlisted<P, S, N> = Exclude<keyof P & string, keyof S | N>

/** The parameters of one operation: what it takes, and what Stripe takes that the sandbox does not offer. */
export type Params<T> = { schema: z.ZodType<T>; notOffered: ReadonlySet<string> }

/**
 * The strict schema of an operation whose parameters the SDK declares as `P`. Every parameter of `P` is either
 * in the schema, with a type that fits, or named as not offered: when the SDK changes, the type check fails.
 */
export const paramsOf =
  <P extends object>() =>
  <S extends Shape, const N extends Exclude<keyof P & string, 'expand'> = never>(
    shape: S & Fits<S, P>,
    ...[notOffered]: [Unlisted<P, S, N | 'expand'>] extends [never]
      ? [notOffered?: readonly N[]]
      : [notOffered: readonly (N | Unlisted<P, S, N>)[] & { unlisted: Unlisted<P, S, N | 'expand'> }]
  ): Params<z.output<z.ZodObject<S>> & { expand?: string[] }> => ({
    schema: z.strictObject({ ...(shape as S), expand: z.array(text()).optional() }) as never,
    notOffered: new Set<string>(notOffered ?? []),
  })

/** A strict object inside the parameters, held against the SDK's type `P` in the same way. */
export const objectOf =
  <P extends object>() =>
  <S extends Shape>(shape: S & Fits<S, P>): z.ZodObject<S, z.core.$strict> =>
    z.strictObject(shape as S)

function valueAt(raw: Raw, path: readonly PropertyKey[]): Raw | undefined {
  let node: Raw | undefined = raw
  for (const part of path) {
    if (typeof node !== 'object' || node === undefined) return undefined
    node = (node as { [name: string]: Raw })[String(part)]
  }
  return node
}

function errorOf(issue: z.core.$ZodIssue, raw: Raw, notOffered: ReadonlySet<string>): StripeError {
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => bracketName([...issue.path, key]))
    const param = names[0] ?? ''
    if (issue.path.length === 0 && notOffered.has(param)) {
      return invalidRequest(`The sandbox does not offer the parameter '${param}' yet.`, { param })
    }
    const plural = names.length > 1 ? 's' : ''
    const message = `Received unknown parameter${plural}: ${names.join(', ')}`
    return invalidRequest(message, { code: 'parameter_unknown', param })
  }
  const param = bracketName(issue.path)
  const given = valueAt(raw, issue.path)
  if (issue.code === 'custom') {
    const code = (issue.params as { code?: string } | undefined)?.code
    const message = issue.message.replaceAll('{param}', param)
    return invalidRequest(message, { ...(code ? { code } : {}), param })
  }
  if (given === undefined) {
    return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
  }
  if (given === '') {
    const message = emptyMessage.replaceAll('{param}', param)
    return invalidRequest(message, { code: 'parameter_invalid_empty', param })
  }
  const expected = issue.code === 'invalid_type' && issue.expected === 'array' ? 'array' : 'object'
  const kind = typeof given === 'string' ? expected : 'string'
  return invalidRequest(`Invalid ${kind}: ${JSON.stringify(given)}`, { param })
}

function flat(issues: readonly z.core.$ZodIssue[], path: PropertyKey[] = []): z.core.$ZodIssue[] {
  return issues.flatMap((issue) => {
    const here = [...path, ...issue.path]
    if (issue.code !== 'invalid_union') return [{ ...issue, path: here }]
    const branches = issue.errors.map((branch) => flat(branch, here))
    return branches.at(-1) ?? []
  })
}

/** Checks and converts a decoded body. Throws Stripe's 400 for the first thing wrong, unknown names first. */
export function readParams<T>(params: Params<T>, raw: { [name: string]: Raw }): T {
  const result = params.schema.safeParse(raw)
  if (result.success) return result.data
  const issues = flat(result.error.issues)
  const first = issues.find((issue) => issue.code === 'unrecognized_keys') ?? issues[0]
  throw first ? errorOf(first, raw, params.notOffered) : invalidRequest('Invalid request')
}
