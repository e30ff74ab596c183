import { startSandbox } from './server'

function webhooksFrom(list: string): { url: string; secret: string }[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [url = '', secret = ''] = entry.split('|')
      if (!URL.canParse(url) || !secret.startsWith('whsec_')) {
        throw new Error(`SANDBOX_WEBHOOKS: "${url}" needs the form url|whsec_secret`)
      }
      return { url, secret }
    })
}

async function main(): Promise<void> {
  const {
    SANDBOX_PORT = '12111',
    SANDBOX_HOST = '127.0.0.1',
    SANDBOX_DATABASE_URL,
    SANDBOX_URL,
  } = process.env
  const port = Number(SANDBOX_PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`SANDBOX_PORT: ${SANDBOX_PORT} is no port`)
  const sandbox = await startSandbox({
    port,
    host: SANDBOX_HOST,
    databaseUrl: SANDBOX_DATABASE_URL || undefined,
    publicUrl: SANDBOX_URL || undefined,
    webhooks: webhooksFrom(process.env.SANDBOX_WEBHOOKS ?? ''),
  })
  console.log(sandbox.url)
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

main().catch((error: unknown) => {
  const code = (error as { code?: string }).code
  const message = error instanceof Error ? error.message : String(error)
  console.error(
    code === 'EADDRINUSE' ? `The sandbox's port ${process.env.SANDBOX_PORT ?? 12111} is taken.` : message,
  )
  process.exit(1)
})
