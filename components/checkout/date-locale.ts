/** Day before month in plain English too: most who read it are not in the United States. */
export function dateLocale(locale: string): string {
  return locale === 'en' ? 'en-GB' : locale
}
