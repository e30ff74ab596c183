import { describe, expect, test } from 'vitest'
import { returnPath } from '@/lib/http/return-path'

describe('where sign-in leads', () => {
  test.each([
    ['/dashboard', '/dashboard'],
    ['/dashboard/orders', '/dashboard/orders'],
    ['/dashboard/orders?after=ord_1&x=%2F', '/dashboard/orders?after=ord_1&x=%2F'],
    ['/dashboard/links#top', '/dashboard/links'],
  ])('%s is kept', (next, path) => expect(returnPath(next)).toBe(path))

  test.each([
    undefined,
    '',
    'dashboard.evil.example',
    '//evil.example/dashboard',
    '///evil.example/dashboard',
    '/\\evil.example/dashboard',
    '\\\\evil.example/dashboard',
    '/\n/evil.example/dashboard',
    '/.//evil.example/dashboard',
    '/dashboard/../..//evil.example',
    '/dashboard/%2e%2e/login',
    'http://path.invalid@evil.example/dashboard',
    'http:evil.example',
    'javascript:alert(1)//dashboard',
    'data:text/html,/dashboard',
    '/dashboards',
    '/',
  ])('%j leads to the first page', (next) => expect(returnPath(next)).toBe('/dashboard/links'))
})
