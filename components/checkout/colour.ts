export type Rgb = readonly [number, number, number]

export const white: Rgb = [255, 255, 255]
export const black: Rgb = [0, 0, 0]

/** @returns null for anything but `#rrggbb` */
export function parseColour(colour: string): Rgb | null {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (!match) return null
  const channel = (index: number) => Number.parseInt(match[index] ?? '0', 16)
  return [channel(1), channel(2), channel(3)]
}

export function hex(colour: Rgb): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** @param share how much of `to`, 0 to 1 */
export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const channel = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share)
  return [channel(0), channel(1), channel(2)]
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function ratio(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** White or black, whichever can be read better on `ground`; never below 4.5:1. */
export function farEnd(ground: Rgb): Rgb {
  return ratio(ground, white) >= ratio(ground, black) ? white : black
}

/** `colour`, moved towards `end` in small steps until it stands out from `ground` enough. */
export function reach(colour: Rgb, ground: Rgb, end: Rgb, least: number): Rgb {
  for (let step = 0; step < 50; step += 1) {
    const mixed = mix(colour, end, step / 50)
    if (ratio(mixed, ground) >= least) return mixed
  }
  return end
}

/** WCAG 2.2, "relative luminance". */
function luminance(colour: Rgb): number {
  const linear = (value: number) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}
