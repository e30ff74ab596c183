/** The first letter of the merchant's name, in their colour. */
export function MerchantTile({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="grid size-7 shrink-0 place-items-center rounded-lg bg-brand text-sm font-semibold text-on-brand"
    >
      {[...name.trim()][0]?.toUpperCase() ?? '·'}
    </span>
  )
}

export function MerchantName({ name }: { name: string }) {
  return (
    <p className="flex items-center gap-2.5 font-semibold">
      <MerchantTile name={name} />
      <bdi className="min-w-0 wrap-anywhere">{name}</bdi>
    </p>
  )
}
