import type { NextConfig } from 'next'
import { PHASE_PRODUCTION_SERVER } from 'next/constants'

const config: NextConfig = {
  typedRoutes: true,
  poweredByHeader: false,
  agentRules: false,
  // A build checks what it is made of; the rest of the project is checked by npm run typecheck.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  // An upload never comes through a server action; a small limit is one less way to burden the server.
  experimental: { serverActions: { bodySizeLimit: '100kb' } },
  // rate-limiter-flexible hides its import of drizzle-orm from bundlers, and then fails inside one.
  serverExternalPackages: ['postgres', 'pino', 'rate-limiter-flexible', 'undici'],
}

/** The texts of the payer's pages are compiled at build time: the browser gets no parser, the running server no compiler. */
export default async function configure(phase: string): Promise<NextConfig> {
  if (phase === PHASE_PRODUCTION_SERVER) return config
  const { default: withTexts } = await import('next-intl/plugin')
  const messages = {
    path: './lib/i18n/messages',
    format: 'json',
    locales: 'infer',
    precompile: true,
  } as const
  return withTexts({ requestConfig: './lib/http/language.ts', experimental: { messages } })(config)
}
