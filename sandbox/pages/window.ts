import { disputeIntent, refundIntent, resendEvent, settleIntent } from '../control/actions'
import { StripeError } from '../http/errors'
import { type Incoming, matchPath, type Outgoing } from '../http/request'
import { expireSession, findSession } from '../payments/session'
import type { Runtime } from '../runtime'
import type { World } from '../world'
import type { Html } from './html'
import { page, tabs } from './layout'
import { callsPage, deliveriesPage, eventsPage, objectPage } from './log'
import { paymentsPage, sessionsPage } from './payments'
import { style } from './style'

const views: Record<string, (world: World, query: URLSearchParams) => Html> = {
  '/': paymentsPage,
  '/sessions': sessionsPage,
  '/events': eventsPage,
  '/deliveries': deliveriesPage,
  '/calls': (world, query) => callsPage(world, query.get('request')),
}

type Do = (world: World, id: string, fields: URLSearchParams) => void

const actions: Record<string, Do> = {
  clock: (world, _, fields) => world.clock.advance(Math.max(0, Number(fields.get('advance')) || 0)),
  refund: (world, id) => refundIntent(world, id, undefined),
  dispute: (world, id) => disputeIntent(world, id),
  settle: (world, id, fields) =>
    settleIntent(world, id, fields.get('outcome') === 'fail' ? 'fail' : 'succeed'),
  expire: (world, id) => expireSession(world, findSession(world, id).id),
  resend: (world, id) => resendEvent(world, id),
}

function show(world: World, path: string, query: URLSearchParams, problem?: string): Outgoing | null {
  const view = views[path]
  const title = tabs.find((tab) => tab.path === path)?.title
  return view && title ? page(world, path, title, view(world, query), problem) : null
}

const notFound: Outgoing = { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found\n' }

async function act(runtime: Runtime, incoming: Incoming): Promise<Outgoing> {
  const { world } = runtime
  const values = matchPath('/actions/:name/:id', incoming.path) ?? matchPath('/actions/:name', incoming.path)
  const run = actions[values?.name ?? '']
  if (!run) return notFound
  const fields = new URLSearchParams(incoming.body)
  const wanted = fields.get('back') ?? '/'
  const back = wanted in views ? wanted : '/'
  try {
    runtime.catchUp()
    world.store.transact(() => run(world, values?.id ?? '', fields))
    runtime.catchUp()
    await runtime.settle()
    return { status: 303, headers: { location: back }, body: '' }
  } catch (error) {
    if (!(error instanceof StripeError)) throw error
    return show(world, back, new URLSearchParams(), error.message) ?? notFound
  }
}

/** The window: what a newcomer would look at and press in Stripe's dashboard. Works without JavaScript. */
export async function handleWindow(runtime: Runtime, incoming: Incoming): Promise<Outgoing> {
  const { method, path, query } = incoming
  if (method === 'POST') return act(runtime, incoming)
  if (method !== 'GET' && method !== 'HEAD') return { ...notFound, status: 405 }
  if (path === '/window.css') return { status: 200, headers: { 'content-type': 'text/css' }, body: style }
  if (path === '/' && query.has('request')) {
    const location = `/calls?request=${encodeURIComponent(query.get('request') ?? '')}`
    return { status: 303, headers: { location }, body: '' }
  }
  runtime.catchUp()
  await runtime.settle()
  const { world } = runtime
  const object = matchPath('/objects/:id', path)
  if (object) {
    const body = objectPage(world, object.id ?? '')
    return body ? page(world, '', object.id ?? '', body) : notFound
  }
  return show(world, path, query) ?? notFound
}
