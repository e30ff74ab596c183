import { type HoldReply, holdPlace } from './actions'

export type HoldRefusal = Exclude<HoldReply, { kind: 'held' }>

/** Takes the buyer's place. @returns null when they may pay; never throws */
export async function holdBeforePaying(session: string): Promise<HoldRefusal | null> {
  const reply = await holdPlace({ session }).catch(() => ({ kind: 'unavailable' as const }))
  return reply.kind === 'held' ? null : reply
}
