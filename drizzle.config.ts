import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './db/schema.ts',
    './db/auth-schema.ts',
    './db/limits-schema.ts',
    './db/stripe-schema.ts',
    './db/money-schema.ts',
    './db/offers-schema.ts',
    './db/webhook-schema.ts',
    './db/key-schema.ts',
    './db/saved-schema.ts',
  ],
  out: './db/migrations',
})
