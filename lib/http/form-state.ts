/** What a form shows after it was sent: nothing yet, or what is wrong and what had been typed. */
export type FormState = {
  /** About the form as a whole. */
  message: string | null
  /** By field name. */
  errors: Record<string, string>
  /** What to fill in again; never a password. */
  values: Record<string, string>
  /** What the form is answered with and shown once, for instance a new key. */
  result?: Record<string, string>
}
