import type { BrowserResponse } from './routes'

type Page = { title: string; styles: string[]; script: string; csp: string[]; body: string; framed?: boolean }

const strict = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
]

function document({ title, styles, script, csp, body, framed }: Page): BrowserResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': csp.join('; '),
      'cross-origin-resource-policy': 'cross-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: `<!doctype html>
<html lang="en"${framed ? ' class="framed"' : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
${styles.map((style) => `<link rel="stylesheet" href="/v3/assets/${style}">`).join('\n')}
</head>
<body>
${body}
<script src="/v3/assets/${script}"></script>
</body>
</html>
`,
  }
}

/** The document inside an element's iframe. Fonts may come from where the merchant's page says. */
export function framePage(type: string): BrowserResponse {
  return document({
    title: 'Secure input',
    styles: type === 'payment' ? ['element.css', 'payment.css'] : ['element.css'],
    script: 'element.js',
    csp: [
      ...strict.filter((rule) => !rule.startsWith('style-src')),
      "style-src 'self' https:",
      'font-src data: http: https:',
      'img-src data:',
    ],
    body: '<div id="root"></div>',
  })
}

/** The pages a bank would show: 3-D Secure (inside a dialog's iframe) and the redirect (a whole page). */
export function standalonePage(page: { title: string; script: string; framed: boolean }): BrowserResponse {
  return document({
    title: `${page.title} · Sandbox`,
    styles: ['page.css'],
    script: page.script,
    framed: page.framed,
    csp: [...strict, 'img-src data:', ...(page.framed ? [] : ["frame-ancestors 'none'"])],
    body: '<main id="root" aria-live="polite"></main><noscript>This page needs JavaScript.</noscript>',
  })
}
