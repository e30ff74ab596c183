/** The merchant's own words in one of their places; nothing where they wrote none. */
export function CustomText({ text, quiet = false }: { text: string | null; quiet?: boolean }) {
  if (text === null) return null
  return (
    <p
      dir="auto"
      className={`whitespace-pre-line wrap-anywhere ${quiet ? 'text-[13px] text-ink-3' : 'text-[15px] text-ink-2'}`}
    >
      {text}
    </p>
  )
}
