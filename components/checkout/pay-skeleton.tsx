const block = 'rounded-base bg-line/70 motion-safe:animate-pulse'

function FieldGhost({ className = '' }: { className?: string }) {
  return (
    <div className={`grid gap-1.5 ${className}`}>
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

/**
 * Stands where the payment form will be, at its size, so that nothing moves when it arrives.
 * @param questions how many fields stand between the e-mail and the ways to pay
 */
export function PaySkeleton({ questions }: { questions: number }) {
  return (
    <div aria-hidden="true" className="grid gap-4 no-script:hidden">
      {Array.from({ length: questions + 1 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: ghosts are all alike.
        <FieldGhost key={index} />
      ))}
      <div className="h-88">
        <div className="rounded-base border border-line">
          <div className="grid grid-cols-2 gap-3 p-3.5">
            <div className={`${block} col-span-2 my-1 h-4 w-20`} />
            <FieldGhost className="col-span-2" />
            <FieldGhost />
            <FieldGhost />
          </div>
          <MethodGhost />
          <MethodGhost />
        </div>
      </div>
      <div className={`${block} h-12`} />
    </div>
  )
}
