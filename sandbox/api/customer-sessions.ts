import type Stripe from 'stripe'
import { z } from 'zod'
import { invalidRequest } from '../http/errors'
import { boolean, choice, integer, objectOf, paramsOf, text } from '../http/params'
import { randomText } from '../ids'
import { findCustomer } from './customers'
import { operation } from './operation'

type Create = Stripe.CustomerSessionCreateParams
type Given = Stripe.CustomerSessionCreateParams.Components.PaymentElement.Features

const onOff = choice<Given['payment_method_save']>()('disabled', 'enabled').optional()

const features = objectOf<Given>()({
  payment_method_allow_redisplay_filters: z
    .array(
      choice<Stripe.CustomerSessionCreateParams.Components.PaymentElement.Features.PaymentMethodAllowRedisplayFilter>()(
        'always',
        'limited',
        'unspecified',
      ),
    )
    .optional(),
  payment_method_redisplay: onOff,
  payment_method_redisplay_limit: integer(1, 10).optional(),
  payment_method_remove: onOff,
  payment_method_save: onOff,
  payment_method_save_usage: choice<Given['payment_method_save_usage']>()(
    'off_session',
    'on_session',
  ).optional(),
})

const createParams = paramsOf<Create>()(
  {
    components: objectOf<Create['components']>()({
      payment_element: objectOf<Stripe.CustomerSessionCreateParams.Components.PaymentElement>()({
        enabled: boolean(),
        features: features.optional(),
      }).optional(),
    }),
    customer: text().optional(),
  },
  ['customer_account'],
)

const off = { enabled: false }

/** What lets a Payment Element outside of Checkout Sessions show and keep a customer's methods. */
export const customerSessionOperations = [
  operation({
    name: 'customer_sessions.create',
    method: 'POST',
    path: '/v1/customer_sessions',
    params: createParams,
    check({ customer, components: { payment_element: element } }) {
      const missing = (param: string) =>
        invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
      if (customer === undefined) throw missing('customer')
      if (element === undefined) throw missing('components[payment_element]')
      const given = element.features
      if (given?.payment_method_save === 'enabled' && given.payment_method_save_usage === undefined) {
        throw missing('components[payment_element][features][payment_method_save_usage]')
      }
    },
    run(world, { customer = '', components: { payment_element: element } }) {
      const now = world.clock.seconds()
      const given = element?.features ?? {}
      const client_secret = `cuss_secret_${randomText(40)}`
      const session = {
        object: 'customer_session' as const,
        client_secret,
        components: {
          active_entitlements: off,
          buy_button: off,
          customer_portal: off,
          customer_sheet: { ...off, features: null },
          mobile_payment_element: { ...off, features: null },
          payment_element: {
            enabled: element?.enabled ?? false,
            features: element?.enabled
              ? {
                  payment_method_allow_redisplay_filters: given.payment_method_allow_redisplay_filters ?? [
                    'always' as const,
                  ],
                  payment_method_redisplay: given.payment_method_redisplay ?? ('disabled' as const),
                  payment_method_redisplay_limit: given.payment_method_redisplay_limit ?? null,
                  payment_method_remove: given.payment_method_remove ?? ('disabled' as const),
                  payment_method_save: given.payment_method_save ?? ('disabled' as const),
                  payment_method_save_usage: given.payment_method_save_usage ?? null,
                }
              : null,
          },
          pricing_table: off,
        },
        created: now,
        customer: findCustomer(world, customer, 'customer', 400).id,
        customer_account: null,
        expires_at: now + 1800,
        livemode: false,
      }
      world.store.put('customer_session', { id: client_secret, session })
      return session
    },
  }),
]
