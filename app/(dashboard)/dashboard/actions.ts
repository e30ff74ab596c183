'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { signOut } from '@/lib/accounts/session'
import { action } from '@/lib/http/action'

export const endSession = action({
  schema: z.object({}),
  handler: async () => {
    await signOut()
    redirect('/login')
  },
})
