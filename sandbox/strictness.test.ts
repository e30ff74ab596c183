import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bench, lineOf, sdkFor, startBench } from './testing/bench'

let bench: Bench

beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.close())

/** Sends parameters the SDK's types would not let through. */
const send = (path: string, params: object) =>
  bench.stripe.rawRequest('POST', path, params as Record<string, unknown>)

const session = {
  mode: 'payment',
  ui_mode: 'elements',
  return_url: 'https://shop.example/return',
  line_items: [lineOf(1200)],
}

describe('parameters', () => {
  test.each([
    [{ ...session, colour: 'red' }, 'colour', 'Received unknown parameter: colour'],
    [
      { ...session, line_items: [{ ...lineOf(1200), price_data: { ...lineOf(1).price_data, tier: 1 } }] },
      'line_items[0][price_data][tier]',
      'Received unknown parameter: line_items[0][price_data][tier]',
    ],
    [{ ...session, payment_method_types: ['card'] }, 'payment_method_types', 'Received unknown parameter'],
  ])('unknown ones are named in brackets (%#)', async (params, param, message) => {
    const failure = await send('/v1/checkout/sessions', params).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError)
    expect(failure).toMatchObject({ statusCode: 400, code: 'parameter_unknown', param })
    expect((failure as Error).message).toContain(message)
  })

  test.each([
    [{ ...session, mode: undefined }, 'parameter_missing', 'mode', 'Missing required param: mode.'],
    [
      { ...session, mode: 'gift' },
      undefined,
      'mode',
      'Invalid mode: must be one of payment, setup, or subscription',
    ],
    [{ ...session, ui_mode: 'custom' }, undefined, 'ui_mode', 'Invalid ui_mode: must be one of elements'],
    [{ ...session, expires_at: 'soon' }, 'parameter_invalid_integer', 'expires_at', 'Invalid integer: soon'],
    [
      { ...session, allow_promotion_codes: 'yes' },
      undefined,
      'allow_promotion_codes',
      'Invalid boolean: yes',
    ],
    [{ ...session, line_items: 'one' }, undefined, 'line_items', 'Invalid array'],
    [{ ...session, line_items: ['one'] }, undefined, 'line_items[0]', 'Invalid object'],
    [
      { ...session, customer_email: 'nobody' },
      'email_invalid',
      'customer_email',
      'Invalid email address: nobody',
    ],
    [
      { ...session, client_reference_id: '' },
      'parameter_invalid_empty',
      'client_reference_id',
      'You passed an empty string',
    ],
    [
      { ...session, client_reference_id: 'x'.repeat(201) },
      undefined,
      'client_reference_id',
      'Invalid string: xxxxx...xxxxx; must be at most 200 characters',
    ],
    [{ ...session, return_url: 'javascript:alert(1)' }, 'url_invalid', 'return_url', 'Not a valid URL'],
    [
      { ...session, metadata: { ['k'.repeat(41)]: 'v' } },
      undefined,
      `metadata[${'k'.repeat(41)}]`,
      '40 characters',
    ],
    [{ ...session, metadata: { k: 'v'.repeat(501) } }, undefined, 'metadata[k]', '500 characters'],
    [
      { ...session, line_items: [{ price: 'price_none', quantity: 1 }] },
      'resource_missing',
      'line_items[0][price]',
      "No such price: 'price_none'",
    ],
    [
      { ...session, line_items: [{ price_data: lineOf(1).price_data }] },
      'parameter_missing',
      'line_items[0][quantity]',
      'Quantity is required',
    ],
    [{ ...session, customer: 'cus_none' }, 'resource_missing', 'customer', "No such customer: 'cus_none'"],
    [{ ...session, return_url: undefined }, 'parameter_missing', 'return_url', 'required'],
  ])('wrong ones are refused (%#)', async (params, code, param, message) => {
    const failure = await send('/v1/checkout/sessions', params).catch((error: unknown) => error)
    expect(failure).toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError', param })
    expect((failure as Stripe.errors.StripeError).code).toBe(code)
    expect((failure as Error).message).toContain(message)
  })

  test.each([
    ['custom_fields', [{ key: 'size' }]],
    ['custom_text', { submit: { message: 'Thanks' } }],
    ['submit_type', 'donate'],
    ['optional_items', [{ price: 'price_1', quantity: 1 }]],
    ['branding_settings', { button_color: '#000000' }],
    ['success_url', 'https://shop.example/thanks'],
    ['cancel_url', 'https://shop.example/back'],
    ['after_expiration', { recovery: { enabled: true } }],
    ['origin_context', 'web'],
    ['redirect_on_completion', 'never'],
  ])('%s is refused with ui_mode elements', async (param, value) => {
    await expect(send('/v1/checkout/sessions', { ...session, [param]: value })).rejects.toMatchObject({
      statusCode: 400,
      param,
      message: `You can't set \`${param}\` if \`ui_mode\` is \`elements\`.`,
    })
  })

  test.each([
    [{ customer_email: 'a@example.com', customer: 'cus_1' }, 'customer'],
    [{ subscription_data: { trial_period_days: 3 } }, 'subscription_data'],
    [{ mode: 'subscription', payment_intent_data: { description: 'x' } }, 'payment_intent_data'],
    [{ shipping_options: [{ shipping_rate: 'shr_1' }] }, 'shipping_options[0][shipping_rate]'],
  ])('rules between parameters (%#)', async (change, param) => {
    await expect(send('/v1/checkout/sessions', { ...session, ...change })).rejects.toMatchObject({ param })
  })

  test('hostile names change nothing', async () => {
    const body = '__proto__[polluted]=1&constructor[prototype][polluted]=1&name=x'
    const response = await fetch(`${bench.sandbox.url}/v1/products`, {
      method: 'POST',
      body,
      headers: { authorization: 'Bearer sk_test_1', 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(response.status).toBe(400)
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
  })
})

describe('envelope', () => {
  test('errors carry what Stripe puts into them', async () => {
    const response = await fetch(`${bench.sandbox.url}/v1/products/prod_none`, {
      headers: { authorization: `Basic ${Buffer.from('sk_test_1:').toString('base64')}` },
    })
    expect(response.status).toBe(404)
    expect(response.headers.get('request-id')).toMatch(/^req_/)
    expect(response.headers.get('stripe-version')).toBe('2026-10-28.endive')
    expect(await response.json()).toEqual({
      error: {
        type: 'invalid_request_error',
        code: 'resource_missing',
        param: 'id',
        message: "No such product: 'prod_none'",
        doc_url: 'https://docs.stripe.com/error-codes#resource-missing',
        request_log_url: expect.stringContaining(response.headers.get('request-id') ?? 'nothing'),
      },
    })
  })

  test.each([['sk_live_1'], ['rk_live_1'], ['pk_test_1'], ['nonsense']])('key %s is refused', async (key) => {
    const stripe = new Stripe(key, { host: '127.0.0.1', port: bench.sandbox.port, protocol: 'http' })
    await expect(stripe.products.list()).rejects.toMatchObject({ statusCode: 401 })
  })

  test('no key, an unknown address and another API version are refused', async () => {
    expect((await fetch(`${bench.sandbox.url}/v1/products`)).status).toBe(401)
    await expect(bench.stripe.rawRequest('GET', '/v1/sand')).rejects.toMatchObject({ statusCode: 404 })
    const old = sdkFor(bench.sandbox, { apiVersion: '2020-08-27' })
    await expect(old.products.list()).rejects.toThrow('Invalid Stripe API version')
  })
})
