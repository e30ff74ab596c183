'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { callSession, earlySession, type SessionAnswer } from './session-call'

type SessionState = Exclude<SessionAnswer, { kind: 'busy' }> | Busy | { kind: 'opening'; slow: boolean }
type Busy = Extract<SessionAnswer, { kind: 'busy' }> & { trying: boolean }

/** Milliseconds after which the buyer is told that it takes long. */
const slowAfter = 4000

/** Milliseconds after which a page that is looked at again asks whether its session is still the one to pay. */
const staleAfter = 600_000

/**
 * Seconds between two attempts by itself: doubling up to twelve, or what the server asked for; up to a third
 * longer, so that the many who were turned away together do not come back together.
 */
function pause(attempt: number, asked: number | null): number {
  return Math.max(asked ?? 0, Math.min(2 ** attempt, 12)) * (1 + Math.random() / 3)
}

/** A link that was edited since: what is shown is not what would be paid. Once, should a page be kept on its way. */
function reloadInto(slug: string, version: number): boolean {
  const key = `buylink:${slug}:version`
  try {
    if (sessionStorage.getItem(key) === String(version)) return false
    sessionStorage.setItem(key, String(version))
  } catch {
    return false
  }
  location.reload()
  return true
}

/** The page's checkout session, of the link's `version` it shows. Trouble that may pass is tried again by itself, and at once by `retry`. */
export function useSession(slug: string, version: number): { state: SessionState; retry: () => void } {
  const [state, setState] = useState<SessionState>({ kind: 'opening', slow: false })
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const attempts = useRef(0)
  const current = useRef(0)

  const take = useCallback(
    async (call: Promise<SessionAnswer>) => {
      clearTimeout(timer.current)
      current.current += 1
      const mine = current.current
      const answer = await call
      if (mine !== current.current) return
      if (answer.kind !== 'busy') {
        const sold =
          answer.kind === 'answered' && answer.session.state === 'open' ? answer.session.version : version
        return sold !== version && reloadInto(slug, sold) ? undefined : setState(answer)
      }
      setState({ ...answer, trying: false })
      attempts.current += 1
      timer.current = setTimeout(
        () => void take(callSession(slug)),
        pause(attempts.current, answer.wait) * 1000,
      )
    },
    [slug, version],
  )

  useEffect(() => {
    void take(earlySession(slug))
    const slow = setTimeout(
      () => setState((before) => (before.kind === 'opening' ? { kind: 'opening', slow: true } : before)),
      slowAfter,
    )
    return () => {
      clearTimeout(slow)
      clearTimeout(timer.current)
      current.current += 1
    }
  }, [slug, take])

  const secret =
    state.kind === 'answered' && state.session.state === 'open' ? state.session.client_secret : null
  useEffect(() => {
    if (!secret) return
    let asked = Date.now()
    const onReturn = async () => {
      if (document.visibilityState !== 'visible' || Date.now() - asked < staleAfter) return
      asked = Date.now()
      const answer = await callSession(slug)
      if (answer.kind !== 'answered') return
      // It ended or was paid meanwhile, or nothing is sold any more: a fresh page says which. What was typed stays.
      const { session } = answer
      if (session.state !== 'open' || session.client_secret !== secret) location.reload()
    }
    document.addEventListener('visibilitychange', onReturn)
    return () => document.removeEventListener('visibilitychange', onReturn)
  }, [slug, secret])

  const retry = useCallback(() => {
    setState((before) => (before.kind === 'busy' ? { ...before, trying: true } : before))
    void take(callSession(slug))
  }, [slug, take])

  return { state, retry }
}
