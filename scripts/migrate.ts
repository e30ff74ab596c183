import { migrate } from '@/db/migrate'
import { loadEnvFile } from './env-file'
import { report, StartError } from './start-error'

loadEnvFile()
try {
  const url = process.env.DATABASE_URL
  if (!url) {
    throw new StartError('DATABASE_URL is not set: the embedded database is brought up to date by npm start.')
  }
  await migrate(url)
  console.log('The database is up to date.')
} catch (error) {
  report(error)
  process.exitCode = 1
}
