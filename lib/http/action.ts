import { headers } from 'next/headers'
import type { z } from 'zod'
import { type CurrentUser, requireUser } from '@/lib/accounts/session'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { storable } from '@/lib/storable'
import type { FormState } from './form-state'
import { isSameOrigin } from './origin'

type Submit = (state: FormState, form: FormData) => Promise<FormState>

type Options<Schema extends z.ZodType, Context> = {
  schema: Schema
  /** Fields that are filled in again after a mistake. Never a secret. */
  keep?: string[]
  /** One domain call; then usually a redirect. What it returns is shown with the form, once. */
  handler: (input: z.output<Schema>, context: Context) => Promise<Record<string, string> | undefined>
}

/**
 * A server action for those who are signed in: same origin, a user, valid input, then the handler. What the
 * handler throws as `AppError` is shown in the form, at the field its `param` names.
 */
export function action<Schema extends z.ZodType>(
  options: Options<Schema, { user: CurrentUser; headers: Headers }>,
): Submit {
  return (_, form) => answer(options, form, async (sent) => ({ user: await requireUser(), headers: sent }))
}

/** The same for those who are not signed in: login and set-up. */
export function publicAction<Schema extends z.ZodType>(
  options: Options<Schema, { headers: Headers }>,
): Submit {
  return (_, form) => answer(options, form, async (sent) => ({ headers: sent }))
}

async function answer<Schema extends z.ZodType, Context>(
  { schema, keep = [], handler }: Options<Schema, Context>,
  form: FormData,
  contextOf: (sent: Headers) => Promise<Context>,
): Promise<FormState> {
  const fields = textFields(form)
  const values = Object.fromEntries(keep.flatMap((name) => (fields[name] ? [[name, fields[name]]] : [])))
  const sent = await headers()
  if (!isSameOrigin(sent)) {
    return { message: `This form only works at ${env().baseUrl}. Open it there.`, errors: {}, values }
  }
  const context = await contextOf(sent)
  const parsed = schema.safeParse(fields)
  if (!parsed.success) return { message: null, errors: fieldErrors(parsed.error), values }
  let result: Record<string, string> | undefined
  try {
    result = await handler(parsed.data, context)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { message, param } = error
    return param ? { message: null, errors: { [param]: message }, values } : { message, errors: {}, values }
  }
  return { message: null, errors: {}, values: {}, ...(result && { result }) }
}

/** The text a person entered: files are left out, and so is what Next adds. */
function textFields(form: FormData): Record<string, string> {
  const entries = [...form].flatMap(([name, value]) =>
    typeof value === 'string' && !name.startsWith('$ACTION') ? [[name, storable(value)] as const] : [],
  )
  return Object.fromEntries(entries)
}

function fieldErrors(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const issue of error.issues) errors[String(issue.path[0] ?? '')] ??= issue.message
  return errors
}
