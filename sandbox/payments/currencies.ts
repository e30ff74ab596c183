/** Currencies and their limits as Stripe documents them ("Supported currencies", minimum and maximum charge). */
const zeroDecimal = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '))
const threeDecimal = new Set('bhd jod kwd omr tnd'.split(' '))

const minimum: Record<string, number> = {
  usd: 50,
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
}

const codes = new Set(
  `aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp cny
cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr ils inr isk jmd
jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr mzn nad
ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sos srd std szl
thb tjs tnd top try ttd twd tzs uah ugx usd uyu uzs vnd vuv wst xaf xcd xof xpf yer zar zmw`.split(/\s+/),
)

export function isCurrency(code: string): boolean {
  return codes.has(code)
}

/** How many digits stand behind the point: 0, 2 or 3. */
export function fractionDigits(currency: string): number {
  if (zeroDecimal.has(currency)) return 0
  return threeDecimal.has(currency) ? 3 : 2
}

/** The smallest charge in minor units; 1 where Stripe publishes none for the currency. */
export function minimumCharge(currency: string): number {
  return minimum[currency] ?? 1
}

/** The largest charge: eight digits, as Stripe documents for most currencies. */
export const maximumCharge = 99_999_999

/** Stripe takes three-decimal amounts only when the last digit is 0, and ISK and UGX in whole hundreds. */
export function smallestStep(currency: string): number {
  if (threeDecimal.has(currency)) return 10
  return currency === 'isk' || currency === 'ugx' ? 100 : 1
}

/** An amount for people, for messages and the window: `€12.00`. */
export function formatAmount(amount: number, currency: string): string {
  const digits = fractionDigits(currency)
  const sign = amount < 0 ? '-' : ''
  const padded = String(Math.abs(amount)).padStart(digits + 1, '0')
  const whole = padded.slice(0, padded.length - digits)
  const value = digits === 0 ? whole : `${whole}.${padded.slice(-digits)}`
  const symbol = { usd: '$', eur: '€', gbp: '£', jpy: '¥' }[currency]
  return symbol ? `${sign}${symbol}${value}` : `${sign}${value} ${currency.toUpperCase()}`
}
