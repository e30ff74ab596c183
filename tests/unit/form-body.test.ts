import { describe, expect, test } from 'vitest'
import { readPairs } from '@/lib/http/form-body'

const read = (text: string) => readPairs(new URLSearchParams(text))

describe('a form', () => {
  test.each([
    ['a=1&b=', { a: '1', b: '' }],
    ['a[b]=1&a[c][d]=2', { a: { b: '1', c: { d: '2' } } }],
    ['a[]=x&a[]=y', { a: ['x', 'y'] }],
    ['a[0]=x&a[1]=y', { a: ['x', 'y'] }],
    ['a[0][b]=x&a[1][b]=y', { a: [{ b: 'x' }, { b: 'y' }] }],
    ['a[1]=x', { a: { 1: 'x' } }],
    ['a=1&a=2', { a: '2' }],
    ['', {}],
  ])('%s becomes %j', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each(['a=1&a[b]=2', 'a[b]=1&a=2', 'a[b]=1&a[b][c]=2', `a${'[x]'.repeat(8)}=1`])(
    '%s is refused',
    (text) => {
      expect(() => read(text)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
    },
  )

  // Mutant: plain objects as branches.
  test('reaches no prototype', () => {
    read('__proto__[admin]=1&constructor[prototype][admin]=1&a[__proto__][admin]=1')
    expect(({} as { admin?: string }).admin).toBeUndefined()
  })
})
