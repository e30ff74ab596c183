import type Stripe from 'stripe'
import { z } from 'zod'
import { boolean, choice, emptyable, metadata, objectOf, text } from '../http/params'
import type { Session } from '../payments/session'
import { mergeMetadata, unset } from './fields'

type Creation = NonNullable<Stripe.Checkout.SessionCreateParams['invoice_creation']>
type Data = NonNullable<Creation['invoice_data']>
type Field = Stripe.Checkout.SessionCreateParams.InvoiceCreation.InvoiceData.CustomField
type Rendering = Stripe.Checkout.SessionCreateParams.InvoiceCreation.InvoiceData.RenderingOptions

/** `invoice_creation` of a new session. */
export const invoiceCreation = objectOf<Creation>()({
  enabled: boolean(),
  invoice_data: objectOf<Data>()({
    custom_fields: emptyable(
      z.array(objectOf<Field>()({ name: text(40), value: text(140) })).max(4),
    ).optional(),
    description: text(1500).optional(),
    footer: text(5000).optional(),
    metadata: metadata().optional(),
    rendering_options: emptyable(
      objectOf<Rendering>()({
        amount_tax_display: emptyable(
          choice<Rendering['amount_tax_display']>()('exclude_tax', 'include_inclusive_tax'),
        ).optional(),
        template: text().optional(),
      }),
    ).optional(),
  }).optional(),
})

/** The same as the session shows it. */
export function invoiceCreationOf(
  given: z.output<typeof invoiceCreation> | undefined,
): NonNullable<Session['invoice_creation']> {
  const { custom_fields, description, footer, metadata: pairs, rendering_options } = given?.invoice_data ?? {}
  const rendering = unset(rendering_options)
  return {
    enabled: given?.enabled ?? false,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: unset(custom_fields),
      description: description ?? null,
      footer: footer ?? null,
      issuer: null,
      metadata: mergeMetadata({}, pairs),
      rendering_options: rendering && {
        amount_tax_display: unset(rendering.amount_tax_display),
        template: rendering.template ?? null,
      },
    },
  }
}
