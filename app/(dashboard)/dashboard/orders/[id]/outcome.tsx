import { z } from 'zod'

const shown = z.object({ done: z.enum(['recheck', 'refund']).optional().catch(undefined) })
const words = {
  recheck: 'Checked with Stripe just now: this is how things stand.',
  refund: 'The refund is on its way to the buyer.',
}

/** What the form that led here has done. */
export function Outcome({ query }: { query: object }) {
  const { done } = shown.parse(query)
  if (!done) return null
  return (
    <p role="status" className="mb-5 rounded-base bg-ok/10 px-3 py-2.5 text-sm">
      {words[done]}
    </p>
  )
}
