import { expect, test } from 'vitest'
import { updateLink } from '@/lib/links/links'
import { sharedStack } from '../support/api'
import { joinStack } from '../support/domain'
import { makeLink } from '../support/made-link'

const stack = sharedStack()
joinStack(stack)

test('a former address leads to the new one for good, with its query', async () => {
  const { id, slug } = await makeLink(stack, {})
  const moved = `${slug}-moved`
  await updateLink(id, { slug: moved })
  const query = '?utm_source=newsletter&client_reference_id=cart_42&a=1&a=%C3%BC%26'
  const former = await fetch(`${stack.baseUrl}/${slug}${query}`, { redirect: 'manual' })
  expect(former.status).toBe(308)
  const target = new URL(former.headers.get('location') ?? '', stack.baseUrl)
  expect(target.pathname).toBe(`/${moved}`)
  expect([...target.searchParams]).toEqual([...new URLSearchParams(query)])
  expect((await fetch(target)).status).toBe(200)
})
