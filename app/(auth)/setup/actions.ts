'use server'

import { redirect } from 'next/navigation'
import { ownerInput } from '@/lib/accounts/schema'
import { signIn } from '@/lib/accounts/session'
import { createOwner } from '@/lib/accounts/setup'
import { publicAction } from '@/lib/http/action'
import { clientAddress } from '@/lib/http/client-address'

export const setUp = publicAction({
  schema: ownerInput,
  keep: ['business', 'email'],
  handler: async (input, { headers }) => {
    await createOwner(input)
    const { email, password } = input
    await signIn({ email, password, address: clientAddress(headers) })
    redirect('/dashboard/links')
  },
})
