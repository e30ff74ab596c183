import { redirect } from 'next/navigation'
import { requireUser } from '@/lib/accounts/session'

export default async function DevelopersPage() {
  await requireUser('/dashboard/developers/webhooks')
  redirect('/dashboard/developers/webhooks')
}
