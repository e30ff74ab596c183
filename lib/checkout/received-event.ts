/** What a kept event says. It is a hint of where to look: the truth is read from Stripe again. */
export type ReceivedEvent = {
  id: string
  type: string
  data: { object: Record<string, unknown> }
}
