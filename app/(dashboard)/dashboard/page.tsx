import { redirect } from 'next/navigation'
import { requireUser } from '@/lib/accounts/session'

export default async function DashboardPage() {
  await requireUser()
  redirect('/dashboard/links')
}
