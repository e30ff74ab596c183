/** A product's picture at a fixed size, or a quiet tile where there is none. */
export function ProductImage({ src }: { src: string | null }) {
  const frame = 'size-13 shrink-0 rounded-[10px] border border-line'
  if (!src?.startsWith('https://')) {
    return (
      <span
        aria-hidden="true"
        className={`${frame} bg-linear-135 from-[color-mix(in_srgb,var(--brand)_24%,var(--card))] to-card`}
      />
    )
  }
  return (
    // biome-ignore lint/performance/noImgElement: the merchant's own address, shown small; nothing to optimise here.
    <img
      className={`${frame} bg-card object-cover`}
      src={src}
      alt=""
      width={52}
      height={52}
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
    />
  )
}
