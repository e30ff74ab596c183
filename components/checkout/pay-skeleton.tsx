const block = 'rounded-base bg-line/70 motion-safe:animate-pulse'

function FieldGhost({ wide = false }: { wide?: boolean }) {
  return (
    <div className={`grid gap-1.5 ${wide ? 'col-span-2' : ''}`}>
      <div className={`${block} my-1 h-3 w-24`} />
      <div className={`${block} h-11`} />
    </div>
  )
}

function MethodGhost() {
  return (
    <div className="flex h-12 items-center gap-2.5 border-t border-line px-3.5">
      <div className={`${block} size-4.5 rounded-full`} />
      <div className={`${block} h-3.5 w-28`} />
    </div>
  )
}

/** Stands where the payment form will be, at its size, so that nothing moves when it arrives. */
export function PaySkeleton() {
  return (
    <div aria-hidden="true" className="grid gap-4 no-script:hidden">
      <FieldGhost wide />
      <div className="h-88 overflow-hidden rounded-base border border-line">
        <div className="grid grid-cols-2 gap-3 p-3.5">
          <div className={`${block} col-span-2 my-1 h-4 w-20`} />
          <FieldGhost wide />
          <FieldGhost />
          <FieldGhost />
        </div>
        <MethodGhost />
        <MethodGhost />
        <MethodGhost />
      </div>
      <div className={`${block} h-12`} />
    </div>
  )
}
