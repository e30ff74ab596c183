import { buildApplication } from './build-application'
import { describeFirstLoad } from './first-load'
import { report } from './start-error'

try {
  await buildApplication()
  console.log(describeFirstLoad())
} catch (error) {
  report(error)
  process.exitCode = 1
}
