import { z } from 'zod'

/** Length is what makes a password hard to guess (NIST SP 800-63B); nothing else is asked of it. */
export const passwordLength = { minimum: 12, maximum: 256 }

const { minimum, maximum } = passwordLength

/** What the first owner enters, and the token that entitles to it. */
export const ownerInput = z.object({
  token: z.string(),
  business: z
    .string()
    .trim()
    .min(1, 'Enter the name of the business.')
    .max(100, 'Use at most 100 characters.'),
  email: z
    .string()
    .trim()
    .max(254, 'This is not an e-mail address.')
    .pipe(z.email('This is not an e-mail address.')),
  password: z
    .string()
    .min(minimum, `Use at least ${minimum} characters.`)
    .max(maximum, `Use at most ${maximum} characters.`),
})

export type OwnerInput = z.output<typeof ownerInput>
