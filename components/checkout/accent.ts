type Rgb = readonly [number, number, number]

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
const white: Rgb = [255, 255, 255]
const black: Rgb = [0, 0, 0]
/** The tints a page is made of: `--tint` of the light scheme, `--card` of the dark one. */
const lightPage: Rgb = [0xf6, 0xf7, 0xf9]
const darkPage: Rgb = [0x17, 0x1b, 0x22]

/**
 * A merchant's colour made readable, changed no more than it must be.
 * @param colour `#rrggbb`; anything else gives the product's own blue
 */
export function readableAccent(colour: string): { light: AccentColours; dark: AccentColours } {
  const base = parse(colour) ?? fallback
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
  return ratio(parse(one) ?? fallback, parse(other) ?? fallback)
}

function textOn(fill: Rgb): string {
  return ratio(fill, white) >= 4.5 ? hex(white) : hex(black)
}

/** `colour`, moved towards `end` in small steps until it stands out from `page` enough. */
function reach(colour: Rgb, page: Rgb, end: Rgb, least: number): Rgb {
  for (let step = 0; step < 50; step += 1) {
    const mixed = mix(colour, end, step / 50)
    if (ratio(mixed, page) >= least) return mixed
  }
  return end
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const channel = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share)
  return [channel(0), channel(1), channel(2)]
}

function ratio(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** WCAG 2.2, "relative luminance". */
function luminance(colour: Rgb): number {
  const linear = (value: number) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

function parse(colour: string): Rgb | null {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (!match) return null
  const channel = (index: number) => Number.parseInt(match[index] ?? '0', 16)
  return [channel(1), channel(2), channel(3)]
}

function hex(colour: Rgb): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}
