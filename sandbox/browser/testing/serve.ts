import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** The shop's two pages: one for a session, one that finishes an intent without a session. */
const pages: Record<string, string> = { '/': 'page', '/intent': 'intent-page' }

async function bundlePage(name: string): Promise<string> {
  const entry = fileURLToPath(new URL(`./${name}.tsx`, import.meta.url))
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'silent',
  })
  return result.outputFiles[0]?.text ?? ''
}

function html(sandbox: string, page: string, dark: boolean, nonce: string): { csp: string; body: string } {
  const csp = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${sandbox}`,
    `frame-src ${sandbox}`,
    `connect-src ${sandbox}`,
    "style-src 'self' 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
  ].join('; ')
  const colours = dark ? '#12151b;color:#eef1f6' : '#fff;color:#14181f'
  const body = `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Checkout</title><link rel="icon" href="data:,">
<style>body{margin:0 auto;max-width:640px;padding:20px;background:${colours};font:16px system-ui}</style>
<div id="root"></div><script nonce="${nonce}" src="/${page}.js"></script></html>`
  return { csp, body }
}

/** A shop's page on an origin of its own, under the Content Security Policy a careful shop would send. */
export async function serveTestPage(sandbox: string): Promise<{ url: string; close: () => Promise<void> }> {
  const scripts = new Map(
    await Promise.all(
      Object.values(pages).map(async (name) => [`/${name}.js`, await bundlePage(name)] as [string, string]),
    ),
  )
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const script = scripts.get(url.pathname)
    if (script !== undefined) {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(script)
    } else if (url.pathname === '/done') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end('<!doctype html><title>Done</title><link rel="icon" href="data:,"><h1>Returned</h1>')
    } else {
      const { csp, body } = html(
        sandbox,
        pages[url.pathname] ?? 'page',
        url.searchParams.get('theme') === 'night',
        randomBytes(16).toString('base64'),
      )
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': csp })
        .end(body)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
