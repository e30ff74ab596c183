import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'
import { verifyRedirect } from './verify.mjs'

const pages = {
  paid: [200, 'Thank you. Your payment arrived.'],
  processing: [200, 'Thank you. Your money is on its way; we write to you when it has arrived.'],
  old: [410, 'This address was good for ten minutes. What you bought is in your e-mail.'],
  tampered: [403, 'This address was not made by our checkout.'],
}

/**
 * The page buyers land on after paying.
 * @param {string} secret the link's signing secret
 */
export function landingPage(secret) {
  return createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams
    const verdict = verifyRedirect(query, secret)
    const page = verdict === 'valid' ? (query.get('status') === 'paid' ? 'paid' : 'processing') : verdict
    const [status, text] = pages[page]
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'referrer-policy': 'no-referrer',
    })
    response.end(
      `<!doctype html><html lang="en"><title>Landing page</title><link rel="icon" href="data:,"><h1>${text}</h1>`,
    )
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { SIGNING_SECRET: secret, PORT: port = '4000' } = process.env
  if (!secret) throw new Error('Set SIGNING_SECRET to the signing secret of the payment link.')
  landingPage(secret).listen(Number(port), () => console.log(`http://localhost:${port}/`))
}
