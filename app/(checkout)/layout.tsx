import type { ReactNode } from 'react'
import { Texts } from '@/components/texts'

/** The payer's side: its error page speaks the buyer's language too. */
export default function Layout({ children }: { children: ReactNode }) {
  return <Texts of={['error']}>{children}</Texts>
}
