'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { callSession, earlySession, type SessionAnswer } from './session-call'

type SessionState = Exclude<SessionAnswer, { kind: 'busy' }> | Busy | { kind: 'opening' }
type Busy = Extract<SessionAnswer, { kind: 'busy' }> & { trying: boolean }

/** Seconds between two attempts by itself: doubling, at most half a minute, or what the server asked for. */
function pause(attempt: number, asked: number | null): number {
  return Math.max(asked ?? 0, Math.min(2 ** attempt, 30))
}

/** The page's checkout session. Trouble that may pass is tried again by itself, and at once by `retry`. */
export function useSession(slug: string): { state: SessionState; retry: () => void } {
  const [state, setState] = useState<SessionState>({ kind: 'opening' })
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
      if (answer.kind !== 'busy') return setState(answer)
      setState({ ...answer, trying: false })
      attempts.current += 1
      timer.current = setTimeout(
        () => void take(callSession(slug)),
        pause(attempts.current, answer.wait) * 1000,
      )
    },
    [slug],
  )

  useEffect(() => {
    void take(earlySession(slug))
    return () => {
      clearTimeout(timer.current)
      current.current += 1
    }
  }, [slug, take])

  const retry = useCallback(() => {
    setState((before) => (before.kind === 'busy' ? { ...before, trying: true } : before))
    void take(callSession(slug))
  }, [slug, take])

  return { state, retry }
}
