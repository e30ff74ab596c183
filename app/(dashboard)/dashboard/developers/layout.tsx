import type { ReactNode } from 'react'
import { Tabs } from './tabs'

export default function DevelopersLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <Tabs />
      {children}
    </>
  )
}
