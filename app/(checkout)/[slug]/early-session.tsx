import { headers } from 'next/headers'
import { preconnect, preload } from 'react-dom'
import { stripeJsUrl } from '@/lib/stripe/browser'

/**
 * The page's only inline script. Constant text: nothing of a request ever becomes part of it. It asks for the
 * checkout session before the application's own scripts have arrived; `session-call.ts` picks the answer up.
 */
const script = `window.buylinkSession=fetch(location.pathname+"/session",{method:"POST",headers:{"content-type":"application/json"},body:JSON.stringify({search:location.search,referrer:document.referrer})});window.buylinkSession.catch(function(){})`

/** Starts the slow parts of a checkout while the page is still being read: the session and Stripe.js. */
export async function EarlySession({ jsUrl }: { jsUrl: string | null }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  const source = jsUrl ?? stripeJsUrl
  preconnect(new URL(source).origin)
  preload(source, { as: 'script', nonce })
  return (
    // Browsers hide a nonce once it is used, so what React finds never equals what the server wrote.
    // biome-ignore lint/security/noDangerouslySetInnerHtml: the constant above.
    <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: script }} />
  )
}
