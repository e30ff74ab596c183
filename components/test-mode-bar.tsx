/** Says on every page that no money moves. */
export function TestModeBar() {
  return (
    <aside
      aria-label="Test mode"
      className="bg-test px-4 py-1.5 text-center text-[13px] font-medium text-on-test"
    >
      Test mode · no money moves
    </aside>
  )
}
