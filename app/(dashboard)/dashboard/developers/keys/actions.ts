'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { createKey, createKeyInput, revokeKey } from '@/lib/accounts/keys'
import { action } from '@/lib/http/action'

const path = '/dashboard/developers/keys'

export const makeKey = action({
  schema: createKeyInput,
  keep: ['name', 'access'],
  handler: async (input) => {
    const { token } = await createKey(input)
    revalidatePath(path)
    return { token }
  },
})

export const endKey = action({
  schema: z.object({ id: z.string().max(100) }),
  handler: async ({ id }) => {
    await revokeKey(id)
    redirect(path)
  },
})
