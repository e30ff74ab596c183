import { seed } from '@/db/seed'

await seed()
process.exit(0)
