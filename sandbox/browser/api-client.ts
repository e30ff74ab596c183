type ErrorFields = { type?: string; code?: string; decline_code?: string; message?: string }

/** An answer of the sandbox that is not 2xx, in Stripe's error shape. */
export class ApiError extends Error {
  readonly type: string
  readonly code: string | null
  readonly declineCode: string | null
  /** The error as the sandbox wrote it. */
  readonly fields: ErrorFields

  constructor(fields: ErrorFields) {
    super(fields.message ?? 'An unexpected error occurred.')
    this.name = 'ApiError'
    this.type = fields.type ?? 'api_error'
    this.code = fields.code ?? null
    this.declineCode = fields.decline_code ?? null
    this.fields = fields
  }
}

/** A mistake of the page's author, thrown as Stripe.js does. */
export class IntegrationError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'IntegrationError'
  }
}

/** Posts JSON and returns the answer. Throws ApiError, `api_connection_error` where nothing answered. */
export async function postJson<T>(url: string, body: unknown): Promise<T> {
  let response: Response
  let answer: T & { error?: ConstructorParameters<typeof ApiError>[0] }
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'omit',
    })
    answer = await response.json()
  } catch {
    throw new ApiError({
      type: 'api_connection_error',
      message:
        'We are experiencing issues connecting to our payments provider. Please check your internet connection.',
    })
  }
  if (!response.ok) throw new ApiError(answer.error ?? {})
  return answer
}
