import type { Answers } from '@/lib/checkout/answer-rules'

const name = (session: string) => `buylink:${session}`

/** What was typed into this tab's form for a session; nothing of a card is ever in it. */
export function readDraft(session: string): Answers {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(name(session)) ?? '{}')
    return typeof kept === 'object' && kept !== null ? (kept as Answers) : {}
  } catch {
    return {}
  }
}

/** Keeps it for a reload or a way back from a bank. A browser that keeps nothing loses nothing else. */
export function keepDraft(session: string, typed: Answers): void {
  try {
    sessionStorage.setItem(name(session), JSON.stringify({ ...readDraft(session), ...typed }))
  } catch {}
}

export function forgetDraft(session: string): void {
  try {
    sessionStorage.removeItem(name(session))
  } catch {}
}
