import type { ReactNode } from 'react'
import { getMerchant } from '@/lib/accounts/merchant'

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const { name } = await getMerchant()
  return (
    <main className="grid min-h-dvh place-items-center bg-tint px-5 py-10">
      <div className="w-full max-w-sm">
        <p className="mb-4 text-center text-sm font-medium text-ink-2 wrap-anywhere">{name}</p>
        <div className="rounded-2xl border border-line bg-card p-7 shadow-card">{children}</div>
      </div>
    </main>
  )
}
