import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createSocket, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { guardedAgent } from '@/lib/events/http-guard'
import { cleanExcerpt, post } from '@/lib/events/post'

/** Short where silence is tried, long where an answer comes: a busy machine needs a while for it. */
const timeout = 700
const patience = 20_000
const agent = guardedAgent({ livemode: false, allow: ['127.0.0.1/32'] }, patience)
const running: { close(): unknown }[] = []
afterEach(() => {
  for (const server of running.splice(0)) server.close()
})

async function at(server: Server | ReturnType<typeof createSocket>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  running.push(server)
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const http = (answer: (request: IncomingMessage, response: ServerResponse) => void) =>
  at(createServer(answer))
const raw = (answer: (socket: Socket) => void) =>
  at(
    createSocket((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => answer(socket))
    }),
  )
const send = (url: string, limit = patience) => post(agent, url, { 'x-test': '1' }, '{"a":1}', limit)
const bytes = (text: string | null) => Buffer.byteLength(text ?? '')

describe('an answer', () => {
  test('of 2xx is success, whatever it says', async () => {
    const url = await http((_, response) => response.writeHead(202).end('thanks'))
    expect(await send(url)).toMatchObject({ status: 202, error: null, excerpt: 'thanks' })
  })

  test.each([100, 199, 300, 304, 400, 404, 410, 429, 500, 503].filter((code) => code >= 200))(
    'of %i is failure',
    async (code) => {
      const url = await http((_, response) => response.writeHead(code, { 'retry-after': '30' }).end())
      expect(await send(url)).toMatchObject({ status: code, error: expect.any(String), retryAfter: 30 })
    },
  )

  test('of 10 MB keeps 2 KB and does not read the rest', async () => {
    let sent = 0
    const url = await http((_, response) => {
      const chunk = Buffer.alloc(65_536, 'ü')
      const more = () => {
        while (sent < 10_000_000 && response.write(chunk)) sent += chunk.length
        if (sent >= 10_000_000) response.end()
      }
      response.on('drain', more).on('error', () => {})
      more()
    })
    const answer = await send(url)
    expect(answer).toMatchObject({ status: 200, error: null })
    expect(bytes(answer.excerpt)).toBeLessThanOrEqual(2048)
    expect(sent).toBeLessThan(10_000_000)
  })

  test('that is compressed is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000))
    const url = await http((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
    const before = process.memoryUsage().rss
    expect(await send(url)).toMatchObject({ status: 200, error: null, excerpt: '(compressed; not shown)' })
    expect(process.memoryUsage().rss - before).toBeLessThan(15_000_000)
  })

  test('with NULs and broken UTF-8 becomes text that Postgres keeps', async () => {
    const body = Buffer.concat([
      Buffer.from('a\u0000b\u001b[31m\u202e'),
      Buffer.from([0xff, 0xfe, 0xc3]),
      Buffer.from('z'),
    ])
    const url = await http((_, response) => response.end(body))
    const { excerpt, error } = await send(url)
    expect(error).toBeNull()
    expect(excerpt).toBe('ab[31m\uFFFD\uFFFD\uFFFDz')
  })

  test.each([
    [
      'headers without end',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        const pour = () => {
          while (socket.writable && socket.write(`x-${'y'.repeat(1000)}: ${'z'.repeat(1000)}\r\n`));
        }
        socket.on('drain', pour)
        pour()
      },
    ],
    ['silence', () => {}],
    [
      'a dripping head',
      (socket: Socket) => {
        const timer = setInterval(() => socket.write('H'), 50)
        socket.once('close', () => clearInterval(timer))
      },
    ],
    ['no HTTP', (socket: Socket) => socket.end('\u0000\u0001SSH-2.0-OpenSSH\r\n')],
    ['a cut connection', (socket: Socket) => socket.resetAndDestroy()],
    [
      'a negative length',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\nhello'),
    ],
  ])('of %s is failure, and ends', async (_what, answer) => {
    const url = await raw(answer)
    const result = await send(url, timeout)
    expect(result.status).toBeNull()
    expect(result.error).not.toBeNull()
    expect(result.ms).toBeLessThan(patience)
  })

  // Mutant: a limit for silence instead of a limit for everything. A byte a moment would hold a slot for ever.
  test('that drips is cut off', async () => {
    const url = await http((_, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'), 50)
      response.on('close', () => clearInterval(timer))
    })
    const answer = await send(url, timeout)
    expect(answer.ms).toBeLessThan(patience)
    expect([null, 200]).toContain(answer.status)
  })

  test('in a hundred hostile forms at once leaves the process sound', async () => {
    const urls = await Promise.all([
      http((_, response) => response.end(Buffer.alloc(10_000_000, 'x'))),
      http((_, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000))),
      ),
      raw((socket) => socket.resetAndDestroy()),
      http((_, response) => response.end('\u0000'.repeat(5000))),
    ])
    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => send(urls[index % 4] ?? '')))
    for (const { excerpt } of answers) expect(bytes(excerpt)).toBeLessThanOrEqual(2048)
  })
})

test('an excerpt never breaks a character and never exceeds 2 KB', () => {
  for (const character of ['a', 'ü', '€', '🛒', '\uFFFD']) {
    for (const extra of ['', 'x', 'xx', 'xxx']) {
      const text = cleanExcerpt(Buffer.from(extra + character.repeat(3000))) ?? ''
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048)
      if (character !== '\uFFFD') expect(text).not.toContain('\uFFFD')
    }
  }
  expect(cleanExcerpt(Buffer.from(' \n\u0000'))).toBeNull()
})
