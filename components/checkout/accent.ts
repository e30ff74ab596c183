import { black, hex, parseColour, type Rgb, ratio, reach, white } from './colour'

/** One colour as it may be used in one scheme. All values are `#rrggbb`. */
export type AccentColours = {
  /** Fills: buttons, the logo's tile, focus rings. At least 3:1 against the page (WCAG 1.4.11). */
  fill: string
  /** Text on a fill, at least 4.5:1 (WCAG 1.4.3). */
  on: string
  /** The accent as text on the page, at least 4.5:1. */
  ink: string
}

const fallback: Rgb = [0x1f, 0x5e, 0xff]
/** The tints a page is made of: `--tint` of the light scheme, `--card` of the dark one. */
const lightPage: Rgb = [0xf6, 0xf7, 0xf9]
const darkPage: Rgb = [0x17, 0x1b, 0x22]

/**
 * A merchant's colour made readable, changed no more than it must be.
 * @param colour `#rrggbb`; anything else gives the product's own blue
 */
export function readableAccent(colour: string): { light: AccentColours; dark: AccentColours } {
  const base = parseColour(colour) ?? fallback
  const lightFill = reach(base, lightPage, black, 3)
  // Saturated colours glare on a dark page at 3:1; a paler one is calmer and serves as text too.
  const darkFill = reach(base, darkPage, white, 6)
  return {
    light: { fill: hex(lightFill), on: textOn(lightFill), ink: hex(reach(base, lightPage, black, 4.5)) },
    dark: { fill: hex(darkFill), on: textOn(darkFill), ink: hex(darkFill) },
  }
}

/** Contrast of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
  return ratio(parseColour(one) ?? fallback, parseColour(other) ?? fallback)
}

/** White where it can be read, else black. */
export function textOn(fill: Rgb): string {
  return ratio(fill, white) >= 4.5 ? hex(white) : hex(black)
}
