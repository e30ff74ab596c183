import { bigint, pgTable, text } from 'drizzle-orm/pg-core'

/** What is counted for the operator and never read by the product: `sweeper_repairs` and its like. */
export const counters = pgTable('counters', {
  name: text('name').primaryKey(),
  value: bigint('value', { mode: 'number' }).notNull().default(0),
})
