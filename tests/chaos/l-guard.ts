import { createServer, type Server } from 'node:net'
import { guardedAgent } from '@/lib/events/http-guard'
import { post } from '@/lib/events/post'
import { type Resolve, type TargetRules, targetProblem } from '@/lib/events/targets'
import { randomFrom } from '@/sandbox/webhooks/plan'
import { insideAddresses, insideSpellings } from '../support/inside'
import { answer, Receiver } from '../support/receiver'

const rulesTried: TargetRules[] = [
  { livemode: true, allow: [] },
  { livemode: false, allow: [] },
  { livemode: false, allow: ['10.1.2.0/24'] },
]
const publicAddresses = ['93.184.215.14', '2606:2800:21f::1', '1.1.1.1']

/** A socket inside that must see nobody. */
async function startSentinel() {
  let connections = 0
  const server: Server = createServer((socket) => {
    connections++
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    count: () => connections,
    stop: () => server.close(),
  }
}

const found = (...addresses: string[]) =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

async function send(url: string, rules: TargetRules, resolve?: Resolve) {
  const agent = guardedAgent(rules, 1000, resolve)
  try {
    return await post(agent, url, {}, '{}', 1000)
  } finally {
    await agent.destroy()
  }
}

/**
 * Addresses inside as literals, in other spellings, behind names, behind names that change, and behind redirects.
 * Nothing may reach the sentinel, and nothing may be answered.
 */
export async function run({ seed, scale }: { seed: number; scale: 'short' | 'full' }) {
  const random = randomFrom(seed)
  const sentinel = await startSentinel()
  const breaches: string[] = []
  let cases = 0
  const refused = async (url: string, rules: TargetRules, resolve?: Resolve) => {
    cases++
    const { status } = await send(url, rules, resolve)
    if (status !== null) breaches.push(`${url} answered ${status}`)
  }
  try {
    for (const rules of rulesTried) {
      for (const address of insideAddresses) {
        const host = address.includes(':') ? `[${address}]` : address
        for (const scheme of ['http', 'https']) {
          const url = `${scheme}://${host}:${sentinel.port}/`
          if ((await targetProblem(url, rules)) === null) breaches.push(`${url} can be saved`)
          await refused(url, rules)
        }
        await refused(`https://a.shop.test/`, rules, async () => found(address))
      }
      for (const spelling of insideSpellings(sentinel.port)) await refused(spelling, rules)
    }
    for (let round = 0; round < (scale === 'full' ? 1000 : 50); round++) {
      await refused('https://mixed.shop.test:8443/', rulesTried[round % 3] as TargetRules, shuffled(random))
      await rebind(random, refused)
    }
    await redirects(sentinel.port, breaches, () => cases++)
    if (sentinel.count() > 0) breaches.push(`the sentinel saw ${sentinel.count()} connections`)
    return { cases, breaches, note: `sentinel saw ${sentinel.count()} connections` }
  } finally {
    sentinel.stop()
  }
}

const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

/** An answer with public addresses and one inside, in any place. */
function shuffled(random: () => number): Resolve {
  const answers = [...publicAddresses]
  answers.splice(Math.floor(random() * 4), 0, pick(random, insideAddresses))
  return async () => found(...answers)
}

/** Public when it is saved, inside when it is sent. */
async function rebind(
  random: () => number,
  refused: (url: string, rules: TargetRules, resolve: Resolve) => Promise<void>,
): Promise<void> {
  let asked = 0
  const second = pick(random, insideAddresses)
  const resolve: Resolve = async () => found(asked++ === 0 ? '93.184.215.14' : second)
  const rules = { livemode: true, allow: [] }
  await targetProblem('https://rebind.shop.test/', rules, resolve)
  await refused('https://rebind.shop.test/', rules, resolve)
}

async function redirects(port: number, breaches: string[], count: () => void): Promise<void> {
  const rules = { livemode: false, allow: ['127.0.0.1/32'] }
  for (const code of [301, 302, 303, 307, 308]) {
    for (const target of [`http://127.0.0.1:${port}/`, 'http://169.254.169.254/latest/meta-data/']) {
      const receiver = await Receiver.start(answer(code, { location: target }))
      const { status, error } = await send(receiver.url, rules)
      if (status !== code || error === null) breaches.push(`a ${code} to ${target} counted as ${status}`)
      await receiver.stop()
      count()
    }
  }
}
