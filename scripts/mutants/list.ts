/** An exact piece of a file, there once, and what stands in its place. */
export type Edit = { file: string; find: string; replace: string }

/** A mistake that somebody could make, and the core test that has to notice. */
export type Mutant = { name: string; by: string; edits: Edit[] }

export const mutants: readonly Mutant[] = [
  {
    name: 'unique key dropped',
    by: 'a',
    edits: [
      {
        file: 'db/migrations/0000_start.sql',
        find: '"checkout_session_id" text PRIMARY KEY NOT NULL,',
        replace: '"checkout_session_id" text NOT NULL,',
      },
    ],
  },
  {
    name: 'fulfilled without payment_status',
    by: 'a',
    edits: [
      {
        file: 'lib/checkout/compare.ts',
        find: "if (session.payment_status !== 'unpaid') return 'paid'",
        replace: "if (session.status === 'complete') return 'paid'",
      },
    ],
  },
  {
    name: 'outbox insert after commit',
    by: 'a',
    edits: [
      {
        file: 'lib/orders/record.ts',
        find: "  await emitEvent(tx, {\n    type: 'order.fulfilled',",
        replace: "  setImmediate(emitEvent, db(), {\n    type: 'order.fulfilled',",
      },
      {
        file: 'lib/orders/record.ts',
        find: "import type { Writer } from '@/db/client'",
        replace: "import { db, type Writer } from '@/db/client'",
      },
    ],
  },
]
