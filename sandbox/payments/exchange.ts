import { fractionDigits, smallestStep } from './currencies'

/** What one euro is worth: the sandbox's rates never move. */
const perEuro: Record<string, number> = {
  eur: 1,
  aud: 1.65,
  brl: 6,
  cad: 1.5,
  chf: 0.95,
  czk: 25,
  dkk: 7.46,
  gbp: 0.85,
  huf: 400,
  inr: 90,
  jpy: 160,
  kwd: 0.33,
  mxn: 20,
  nok: 11.5,
  nzd: 1.8,
  pln: 4.3,
  sek: 11.2,
  usd: 1.08,
}

const currencies: Record<string, string> = {
  AU: 'aud',
  BR: 'brl',
  CA: 'cad',
  CH: 'chf',
  CZ: 'czk',
  DK: 'dkk',
  GB: 'gbp',
  HU: 'huf',
  IN: 'inr',
  JP: 'jpy',
  KW: 'kwd',
  MX: 'mxn',
  NO: 'nok',
  NZ: 'nzd',
  PL: 'pln',
  SE: 'sek',
  US: 'usd',
}

const euroCountries = 'AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' ')

/** The currency of the country in a test e-mail (`jenny+location_JP@…`; Stripe, "Adaptive Pricing", testing). */
export function localCurrency(email: string | null | undefined): string | null {
  const country = /\+location_([A-Z]{2})@/i.exec(email ?? '')?.[1]?.toUpperCase() ?? ''
  return euroCountries.includes(country) ? 'eur' : (currencies[country] ?? null)
}

/** How many of one currency another is worth, to six digits; null where the sandbox has no rate. */
export function exchangeRate(from: string, to: string): number | null {
  const [source, target] = [perEuro[from], perEuro[to]]
  return source && target ? Number((target / source).toPrecision(6)) : null
}

/** An amount in minor units in another currency, half up to what that currency can pay. */
export function convert(amount: number, from: string, to: string, rate: number): number {
  const step = smallestStep(to)
  const exact = amount * rate * 10 ** (fractionDigits(to) - fractionDigits(from))
  return Math.round(exact / step) * step
}
