import type { NextConfig } from 'next'

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

export default config
