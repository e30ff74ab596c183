import type { CSSProperties } from 'react'
import { readableAccent } from './accent'

/** The custom properties that `.accent` in globals.css picks its colours from. */
export function accentStyle(colour: string): CSSProperties {
  const { light, dark } = readableAccent(colour)
  const properties: Record<`--${string}`, string> = {
    '--accent-light': light.fill,
    '--accent-ink-light': light.ink,
    '--on-accent-light': light.on,
    '--accent-dark': dark.fill,
    '--on-accent-dark': dark.on,
  }
  return properties
}
