import postgres from 'postgres'
import { expect, test } from 'vitest'
import { migrate } from '@/db/migrate'
import journal from '@/db/migrations/meta/_journal.json' with { type: 'json' }
import { sharedStack } from '../support/api'
import { emptyDatabase } from '../support/database'

const stack = sharedStack()

// Mutant: no lock.
test('five that bring an empty database up to date at once do it once', async () => {
  const url = await emptyDatabase(stack.databaseUrl)
  await Promise.all(Array.from({ length: 5 }, () => migrate(url)))
  const sql = postgres(url, { max: 1 })
  const [row] = await sql`select count(*)::int, count(distinct hash)::int as different
    from drizzle.__drizzle_migrations`
  expect(row).toEqual({ count: journal.entries.length, different: journal.entries.length })
  await sql.end()
})
