import type { Incoming, Outgoing } from '../http/request'
import type { Runtime } from '../runtime'

export async function handleWindow(_runtime: Runtime, _incoming: Incoming): Promise<Outgoing> {
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'sandbox\n' }
}
