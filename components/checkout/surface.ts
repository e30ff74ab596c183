import { textOn } from './accent'
import { black, farEnd, hex, mix, parseColour, type Rgb, reach, white } from './colour'

/** The page's tokens (globals.css) on a ground of the merchant's choice. Values are `#rrggbb`. */
export type Surface = Record<
  | 'ground'
  | 'tint'
  | 'card'
  | 'ink'
  | 'ink-2'
  | 'ink-3'
  | 'line'
  | 'control-line'
  | 'bad'
  | 'brand'
  | 'brand-ink'
  | 'on-brand',
  string
>

const fallback: Rgb = [0x1f, 0x5e, 0xff]
const bad = { onLight: [0xc0, 0x2a, 0x2a], onDark: [0xff, 0x7b, 0x72] } as const

/**
 * The offer's colours on the merchant's background: whatever they picked, text has 4.5:1 and controls 3:1 (WCAG 2.2,
 * 1.4.3 and 1.4.11). In the dark scheme the background is their colour's dark sister.
 * @returns null where `background` is no colour
 */
export function readableSurface(
  background: string,
  accent: string,
): { light: Surface; dark: Surface } | null {
  const ground = parseColour(background)
  if (!ground) return null
  const brand = parseColour(accent) ?? fallback
  return { light: surface(ground, brand), dark: surface(darkSister(ground), brand) }
}

/** Dark enough to rest beside the dark page; its hue stays. */
function darkSister(ground: Rgb): Rgb {
  return reach(ground, white, black, 16)
}

function surface(ground: Rgb, accent: Rgb): Surface {
  const end = farEnd(ground)
  const text = (share: number, least: number) => hex(reach(mix(end, ground, share), ground, end, least))
  const brand = reach(accent, ground, end, 3)
  return {
    ground: hex(ground),
    tint: hex(ground),
    card: hex(ground),
    ink: text(0.08, 7),
    'ink-2': text(0.4, 4.6),
    'ink-3': text(0.45, 4.6),
    line: hex(mix(ground, end, 0.14)),
    'control-line': text(0.6, 3),
    bad: hex(reach(end === white ? bad.onDark : bad.onLight, ground, end, 4.5)),
    brand: hex(brand),
    'brand-ink': hex(reach(accent, ground, end, 4.5)),
    'on-brand': textOn(brand),
  }
}

/** The rules that put the offer (`.offer-ground`) on the merchant's background; empty where they chose none. */
export function surfaceRules(background: string | null, accent: string): string {
  const both = background === null ? null : readableSurface(background, accent)
  if (!both) return ''
  const block = (tokens: Surface) => {
    const pairs = Object.entries(tokens).map(([name, value]) => `--${name}:${value}`)
    return `.offer-ground{${pairs.join(';')};color:var(--ink)}`
  }
  return `${block(both.light)}@media(prefers-color-scheme:dark){${block(both.dark)}}`
}
