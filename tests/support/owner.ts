import { spawnSync } from 'node:child_process'
import { root } from '@/scripts/build-state'
import { Buyer, eventually } from './buyer'
import { openForm, sendForm } from './form'
import type { StackClient } from './stack'

export const owner = {
  business: 'Northlight Books',
  email: 'owner@example.org',
  password: 'correct horse battery',
}

/** The path of the set-up as the start command prints it, in a process of its own; null where it prints none. */
export function printedSetupPath(stack: StackClient): string | null {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/welcome.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...stack.env },
  })
  if (status !== 0) throw new Error(`the welcome failed:\n${stdout}${stderr}`)
  const [url] = /\S+\/setup\?token=\S+/.exec(stdout) ?? []
  return url ? url.slice(stack.baseUrl.length) : null
}

/** Brings the stack back to its first run: no owner, no counts. */
export async function forgetOwner({ sql }: StackClient): Promise<void> {
  await sql`delete from users`
  await sql`delete from setup_tokens`
  await forgetAttempts({ sql })
}

export async function forgetAttempts({ sql }: Pick<StackClient, 'sql'>): Promise<void> {
  await sql`delete from sign_in_limits`
  await sql`delete from rate_limits where key like 'sign-in:%'`
}

/**
 * A browser in which the owner is signed in; makes the owner where there is none yet. Test processes may do so at
 * once: each printed address ends the one before, so the one that loses signs in on its next try.
 */
export async function ownerBrowser(stack: StackClient): Promise<Buyer> {
  return eventually(async () => {
    const browser = new Buyer(stack)
    const setup = printedSetupPath(stack)
    const form = await openForm(browser, setup ?? '/login').catch(() => null)
    if (!form) return null
    const { email, password } = owner
    const values = setup ? owner : { email, password }
    const { status } = await sendForm(browser, form, values, { origin: stack.baseUrl })
    return status === 303 ? browser : null
  })
}
