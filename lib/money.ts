/** Stripe, "Zero-decimal currencies": the amount is the whole number a person says. */
const zeroDecimal = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '))
/** Stripe, "Three-decimal currencies": thousandths, and the last digit is always 0. */
const threeDecimal = new Set('bhd jod kwd omr tnd'.split(' '))
/** Whole units only in trade, yet Stripe counts them in hundredths that must be 0. */
const wholeUnitsInHundredths = new Set('isk ugx'.split(' '))

/** Stripe, "Minimum and maximum charge amounts", in minor units. Others settle through conversion. */
const minimums: Record<string, number> = {
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
  huf: 17500,
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

/** Stripe, amounts have at most eight digits. */
export const maximumAmount = 99_999_999

/**
 * The most a buyer may choose to pay where the merchant names no maximum. Stripe allows 10,000.00 USD, which is
 * 20,000 times its smallest charge; so it is in every currency that has one.
 */
export function largestChosenAmount(currency: string): number {
  const minimum = minimums[currency.toLowerCase()]
  return minimum === undefined ? maximumAmount : Math.min(minimum * 20_000, maximumAmount)
}

/**
 * How many digits of an amount in minor units stand behind the decimal point at Stripe.
 * @param currency three-letter ISO code, any case
 */
export function currencyExponent(currency: string): 0 | 2 | 3 {
  const code = currency.toLowerCase()
  if (zeroDecimal.has(code)) return 0
  return threeDecimal.has(code) ? 3 : 2
}

/** The step amounts must be a multiple of, in minor units: 10 for three-decimal currencies, 100 for ISK and UGX. */
export function amountStep(currency: string): 1 | 10 | 100 {
  const code = currency.toLowerCase()
  if (threeDecimal.has(code)) return 10
  return wholeUnitsInHundredths.has(code) ? 100 : 1
}

/** Stripe's smallest charge in minor units, or one step where Stripe names none for the currency. */
export function minimumCharge(currency: string): number {
  return minimums[currency.toLowerCase()] ?? amountStep(currency)
}

/**
 * An amount as people write it in their language: `€12.00`, `12,00 €`, `¥1,200`.
 * The digits are set by Stripe's exponent, not by Intl's table, so that what is shown is what is charged.
 * @param amount integer minor units
 * @param currency three-letter ISO code, any case
 * @param locale BCP 47 language tag
 */
export function formatMoney(amount: number, currency: string, locale = 'en'): string {
  const exponent = currencyExponent(currency)
  const digits = amountStep(currency) === 100 ? 0 : exponent
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: exponent,
  }).format(toDecimalString(amount, currency) as `${number}`)
}

/**
 * Minor units as a plain decimal: `1234`, `eur` → `"12.34"`. Exact for every safe integer.
 * @param amount integer minor units, may be negative
 */
export function toDecimalString(amount: number, currency: string): string {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not an amount in minor units: ${amount}`)
  const exponent = currencyExponent(currency)
  const sign = amount < 0 ? '-' : ''
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0')
  if (exponent === 0) return sign + digits
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/**
 * An amount for a field to type into, without the currency's sign and without groups: `1234.50`, `1234,50`.
 * @param amount integer minor units
 */
export function decimalText(amount: number, currency: string, locale: string): string {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(1.5)
  const separator = parts.find(({ type }) => type === 'decimal')?.value === ',' ? ',' : '.'
  return toDecimalString(amount, currency).replace('.', separator)
}

/** The digits and separators of Arabic and Persian as those everybody parses. */
export function westernDigits(text: string): string {
  return text
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/\u066b/g, '.')
}

export type ParsedMoney = { ok: true; amount: number } | { ok: false; reason: string }

/**
 * What a person typed as an amount, in minor units: `"12"`, `"12.5"`, `"12,50"`.
 * One `.` or `,` separates decimals; thousands separators are refused rather than guessed at.
 */
export function parseMoney(text: string, currency: string): ParsedMoney {
  const exponent = currencyExponent(currency)
  const match = /^(\d{1,12})(?:[.,](\d+))?$/.exec(westernDigits(text.trim()))
  if (!match) return { ok: false, reason: 'Write an amount like 12 or 12.50.' }
  const [, whole = '', fraction = ''] = match
  if (fraction.length > exponent) {
    const rule = exponent === 0 ? 'no decimals' : `at most ${exponent} decimals`
    return { ok: false, reason: `${currency.toUpperCase()} has ${rule}.` }
  }
  const amount = Number(whole + fraction.padEnd(exponent, '0'))
  const step = amountStep(currency)
  if (amount > maximumAmount) return { ok: false, reason: 'This amount is larger than Stripe accepts.' }
  if (amount % step !== 0) {
    return { ok: false, reason: `Amounts in ${currency.toUpperCase()} end in ${step === 10 ? '0' : '00'}.` }
  }
  return { ok: true, amount }
}
