import { z } from 'zod'

const shown = z.object({
  done: z.enum(['saved', 'rolled', 'resent']).optional().catch(undefined),
  count: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional()
    .catch(undefined),
})

/** What the form that led here has done. */
export function Outcome({ query }: { query: object }) {
  const { done, count = 0 } = shown.parse(query)
  if (!done) return null
  const words = {
    saved: 'The endpoint was saved.',
    rolled: 'There is a new signing secret.',
    resent: count === 1 ? 'One event is being sent again.' : `${count} events are being sent again.`,
  }
  return (
    <p role="status" className="mt-5 rounded-base bg-ok/12 px-3 py-2.5 text-sm">
      {words[done]}
    </p>
  )
}
