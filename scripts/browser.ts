import { chromiumPath } from '@/tests/support/chromium'
import { run } from './run'
import { StartError } from './start-error'

/**
 * Makes sure that there is a Chromium: one of this machine, else Playwright's own, else one that it downloads.
 * @throws StartError
 */
export async function requireBrowser(signal: AbortSignal): Promise<void> {
  if (chromiumPath()) return
  const { ok, output } = await run('npx', ['--no-install', 'playwright', 'install', 'chromium'], { signal })
  if (ok && chromiumPath()) return
  throw new StartError(
    `No Chromium was found, and none could be installed: install Chromium or Chrome (apt-get install chromium).\n${output.trim()}`,
  )
}
