const codes =
  'AC AD AE AF AG AI AL AM AO AQ AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CV CW CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA ZM ZW'.split(
    ' ',
  )

/** Countries whose addresses name a state, province or prefecture. */
const withState = new Set('AU BR CA CN IN JP MX US'.split(' '))
const withoutPostalCode = new Set(
  'AE AG AO AW BF BI BJ BO BS BW BZ CD CF CG CI CM DJ DM ER FJ GD GH GM GQ GY HK JM KI KM KN LC LY ML MO MR MW NR PA QA RW SB SC SL SR ST TD TG TL TO TT TV UG VU YE ZW'.split(
    ' ',
  ),
)

/** Countries named and sorted as a reader of `locale` expects: those of `allowed`, or all. */
export function countryChoices(locale: string, allowed: string[] | null): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  const order = new Intl.Collator(locale)
  return codes
    .filter((code) => allowed === null || allowed.includes(code))
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((left, right) => order.compare(left.label, right.label))
}

/** The country most readers of a locale live in. */
export const likelyCountry = (locale: string) => new Intl.Locale(locale).maximize().region ?? 'US'
export const usesState = (country: string) => withState.has(country)
export const usesPostalCode = (country: string) => !withoutPostalCode.has(country)
