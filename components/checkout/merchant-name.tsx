type Props = {
  name: string
  /** An https address. */
  logo?: string | null
}

/** The merchant's logo, or the first letter of their name in their colour; both of one size, so that nothing moves. */
export function MerchantTile({ name, logo = null }: Props) {
  if (logo?.startsWith('https://')) {
    return (
      // biome-ignore lint/performance/noImgElement: the merchant's own address, shown small; nothing to optimise here.
      <img
        className="size-7 shrink-0 rounded-lg object-contain"
        src={logo}
        alt=""
        width={28}
        height={28}
        decoding="async"
        referrerPolicy="no-referrer"
      />
    )
  }
  return (
    <span
      aria-hidden="true"
      className="grid size-7 shrink-0 place-items-center rounded-lg bg-brand text-sm font-semibold text-on-brand"
    >
      {[...name.trim()][0]?.toUpperCase() ?? '·'}
    </span>
  )
}

export function MerchantName({ name, logo = null }: Props) {
  return (
    <p className="flex items-center gap-2.5 font-semibold">
      <MerchantTile name={name} logo={logo} />
      <bdi className="min-w-0 wrap-anywhere">{name}</bdi>
    </p>
  )
}
