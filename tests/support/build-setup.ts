import { buildApplication } from '@/scripts/build-application'
import { isBuildFresh } from '@/scripts/build-state'

/** Builds the application once, before tests that start it themselves. */
export default async function setup(): Promise<void> {
  if (!isBuildFresh()) await buildApplication({ quiet: true })
}
