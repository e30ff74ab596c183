/** The tag to format and speak in: what the page asked for, else the browser's own. Never throws. */
export function resolveLocale(wanted: string | undefined): string {
  for (const tag of [wanted, navigator.language]) {
    if (!tag || tag === 'auto') continue
    try {
      const [canonical] = Intl.getCanonicalLocales(tag)
      if (canonical) return canonical
    } catch {
      // Not a language tag: the next one decides.
    }
  }
  return 'en'
}
