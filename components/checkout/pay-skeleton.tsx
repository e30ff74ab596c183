const block = 'rounded-base bg-line/70 motion-safe:animate-pulse'

function FieldGhost({ wide = true }: { wide?: boolean }) {
  return (
    <div className={`grid gap-1.5 ${wide ? 'col-span-2' : ''}`}>
      <div className={`${block} my-1 h-3 w-24`} />
      <div className={`${block} h-11`} />
    </div>
  )
}

/** Stands where the payment form will be, at its size, so that nothing moves when it arrives. */
export function PaySkeleton() {
  return (
    <div aria-hidden="true" className="grid gap-4 no-script:hidden">
      <div className="grid grid-cols-2">
        <FieldGhost />
      </div>
      <div className="grid grid-cols-2 gap-x-3 gap-y-4 rounded-base border border-line p-4">
        <div className={`${block} col-span-2 my-1 h-4 w-20`} />
        <FieldGhost />
        <FieldGhost wide={false} />
        <FieldGhost wide={false} />
        <FieldGhost />
      </div>
      <div className={`${block} h-12`} />
    </div>
  )
}
