import { readiness } from '@/lib/readiness'

/** Whether this process can serve buyers: 200 or 503, with the reason. */
export async function GET() {
  const state = await readiness()
  return Response.json(state, {
    status: state.ready ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  })
}
