'use server'

import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { signIn } from '@/lib/accounts/session'
import { publicAction } from '@/lib/http/action'
import { clientAddress } from '@/lib/http/client-address'
import { returnPath } from '@/lib/http/return-path'

const schema = z.object({
  email: z.string().trim().min(1, 'Enter your e-mail address.').max(254, 'This is not an e-mail address.'),
  password: z.string().min(1, 'Enter your password.').max(1000, 'This password is too long.'),
  next: z.string().optional(),
})

export const login = publicAction({
  schema,
  keep: ['email'],
  handler: async ({ email, password, next }, { headers }) => {
    await signIn({ email, password, address: clientAddress(headers) })
    redirect(returnPath(next) as Route)
  },
})
