export function TestBar() {
  return (
    <p className="bg-test px-3 py-1.5 text-center text-[13px] font-medium text-on-test">
      Test mode · no money moves
    </p>
  )
}
