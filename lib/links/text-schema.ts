import { z } from 'zod'

/**
 * A text that may be missing. Without words it is: Stripe refuses '' in most places, and a form sends it for a
 * field that was left empty.
 * @param rule what else it has to keep to
 */
export function optionalText(longest: number, rule: (text: z.ZodString) => z.ZodString = (text) => text) {
  return rule(z.string().trim().max(longest))
    .transform((text) => text || null)
    .nullable()
    .default(null)
}
