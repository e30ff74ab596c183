const shared =
  'inline-flex items-center justify-center gap-2 rounded-base px-4 text-base font-semibold leading-none select-none disabled:cursor-default aria-disabled:cursor-default'

const variants = {
  /** The one action a page is there for. */
  primary: 'h-12 bg-brand text-on-brand shadow-card hover:brightness-95',
  /** Anything beside it. */
  secondary: 'h-11 border border-control-line/50 bg-card text-ink shadow-card hover:bg-tint',
  /** In rows and beside fields. */
  small:
    'h-11 whitespace-nowrap border border-control-line/50 bg-card text-sm text-ink shadow-card hover:bg-tint desk:h-9',
}

/** The look of a button, for `button` and `a` alike. */
export function buttonClass(variant: keyof typeof variants, extra = ''): string {
  return `${shared} ${variants[variant]} ${extra}`
}
