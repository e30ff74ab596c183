import { createServer as createHttp } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guardedAgent } from '@/lib/events/http-guard'
import { post } from '@/lib/events/post'
import { checkAddress, type Resolve, type TargetRules, targetProblem } from '@/lib/events/targets'
import { insideAddresses, insideSpellings } from '../support/inside'

const strict: TargetRules = { livemode: true, allow: [] }
const testMode: TargetRules = { livemode: false, allow: [] }

/** Counts connections to anything it is told to listen on, and serves nobody. */
let connections = 0
const sentinels: Server[] = []
let port = 0

beforeAll(async () => {
  for (const host of ['127.0.0.1', '::1']) {
    const sentinel = createServer((socket) => {
      connections++
      socket.destroy()
    })
    await new Promise<void>((resolve, reject) => {
      sentinel.once('error', reject)
      sentinel.listen(port, host, resolve)
    }).catch((error) => {
      if (host === '127.0.0.1') throw error
    })
    if (sentinel.listening) sentinels.push(sentinel)
    port ||= (sentinel.address() as AddressInfo).port
  }
})
afterAll(() => {
  for (const sentinel of sentinels) sentinel.close()
})

async function send(url: string, rules = testMode, resolve?: Resolve) {
  const agent = guardedAgent(rules, 2000, resolve)
  try {
    return await post(agent, url, {}, '{}', 2000)
  } finally {
    await agent.destroy()
  }
}

const answers =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

describe('an address inside', () => {
  test('the list is as long as promised', () => {
    expect(new Set(insideAddresses).size).toBe(42)
    expect(insideSpellings(1).length).toBeGreaterThanOrEqual(12)
  })

  // Mutant: the guard only in the DNS lookup. A literal address never gets there.
  test.each(insideAddresses)('%s is refused as it is, at save and at send', async (address) => {
    const host = address.includes(':') ? `[${address}]` : address
    for (const rules of [strict, testMode]) {
      for (const scheme of ['https', 'http']) {
        expect(await targetProblem(`${scheme}://${host}:${port}/`, rules)).not.toBeNull()
        const { status, error } = await send(`${scheme}://${host}:${port}/`, rules)
        expect({ status, error }).toEqual({
          status: null,
          error: expect.stringMatching(/private network|https/),
        })
      }
    }
    expect(connections).toBe(0)
  })

  // Mutant: only the first address of an answer is looked at.
  test.each(insideAddresses)('%s is refused behind a name, alone and among public ones', async (address) => {
    for (const resolve of [
      answers(address),
      answers('93.184.215.14', address),
      answers('2606:2800:21f::1', address),
    ]) {
      expect(await targetProblem('https://hooks.shop.test/', strict, resolve)).toMatch(/private network/)
      expect((await send('https://hooks.shop.test/', strict, resolve)).error).toMatch(/private network/)
    }
    expect(connections).toBe(0)
  })

  test.each(insideSpellings(0).map((_, index) => index))('spelling %i is refused', async (index) => {
    const url = insideSpellings(port)[index] ?? ''
    for (const spelling of [url, url.replace('http:', 'https:')]) {
      expect(await targetProblem(spelling, testMode)).not.toBeNull()
      const { status, error } = await send(spelling)
      expect(status).toBeNull()
      expect(error).not.toBeNull()
    }
    expect(connections).toBe(0)
  })

  test('is refused when the resolver changes its mind', async () => {
    let asked = 0
    const rebinding: Resolve = async () => {
      asked++
      return [{ address: asked === 1 ? '93.184.215.14' : '127.0.0.1', family: 4 }]
    }
    const url = `https://rebind.shop.test:8443/`
    expect(await targetProblem(url, testMode, rebinding)).toBeNull()
    expect((await send(url, testMode, rebinding)).error).toMatch(/private network/)
    // Asked once for each, never between the check and the connection.
    expect(asked).toBe(2)
    expect(connections).toBe(0)
  })
})

describe('ports and protocols', () => {
  test.each([22, 25, 80, 3000, 5432, 6379])('port %i of a public host is refused', async (number) => {
    expect(await targetProblem(`https://93.184.215.14:${number}/`, strict)).toMatch(/port/)
  })

  test('443 and 8443 over https are let pass, plain http is not', async () => {
    expect(await targetProblem('https://93.184.215.14/', strict)).toBeNull()
    expect(await targetProblem('https://[2606:4700::1111]:8443/', strict)).toBeNull()
    expect(await targetProblem('http://93.184.215.14/', testMode)).toMatch(/https/)
    expect(await targetProblem('ftp://93.184.215.14/', strict)).toMatch(/https/)
    expect(await targetProblem('https://user:pass@93.184.215.14/', strict)).toMatch(/user name/)
    expect(await targetProblem('not an address', strict)).toMatch(/web address/)
  })

  test('an allowed network is let pass, and nothing beside it', () => {
    const listed = { livemode: false, allow: ['10.1.2.0/24'] }
    expect(() => checkAddress('10.1.2.77', 'http:', 5000, listed)).not.toThrow()
    expect(() => checkAddress('::ffff:10.1.2.77', 'http:', 5000, listed)).not.toThrow()
    for (const address of insideAddresses)
      expect(() => checkAddress(address, 'https:', 443, listed)).toThrow()
    expect(() => checkAddress('10.1.3.1', 'https:', 443, listed)).toThrow()
    expect(() => checkAddress('10.1.2.77', 'http:', 5000, { ...listed, livemode: true })).toThrow(/https/)
  })
})

describe('a receiver that is allowed', () => {
  const allowed = { livemode: false, allow: ['127.0.0.1/32'] }

  // Mutant: redirects are followed.
  test.each([301, 302, 303, 307, 308])('cannot send us on with a %i', async (code) => {
    const targets = [`http://127.0.0.1:${port}/`, 'http://169.254.169.254/latest/meta-data/']
    for (const target of targets) {
      const server = createHttp((_, response) => response.writeHead(code, { location: target }).end())
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const answer = await send(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, allowed)
      server.close()
      expect(answer).toMatchObject({ status: code, error: expect.stringContaining('redirect') })
    }
    expect(connections).toBe(0)
  })

  // The sentinel itself: what it counts is real.
  test('would be seen by the sentinel', async () => {
    await send(`http://127.0.0.1:${port}/`, allowed)
    expect(connections).toBe(1)
    connections = 0
  })
})
