import type { ReactNode } from 'react'

const wideOnly = 'hidden xl:table-cell'

type CellProps = {
  align?: 'left' | 'right'
  /** Left out on narrow screens, where the first cell says the same in a second line. */
  wide?: boolean
  className?: string
  children?: ReactNode
}

function cellClass({ align = 'left', wide = false, className = '' }: CellProps): string {
  return `px-3 ${align === 'right' ? 'text-right' : 'text-left'} ${wide ? wideOnly : ''} ${className}`
}

/**
 * Rows of like things. `label` names the table for those who cannot see the heading above it. Where there is room
 * for all columns their widths are fixed, by the classes of the head cells, and long text is cut.
 */
export function Table({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="overflow-hidden rounded-xl border border-line bg-card">
      <table aria-label={label} className="w-full border-collapse xl:table-fixed text-sm tabular-nums">
        {children}
      </table>
    </div>
  )
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead className="border-b border-line text-[13px] text-ink-2">
      <tr>{children}</tr>
    </thead>
  )
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="divide-y divide-line">{children}</tbody>
}

export function TableRow({ children }: { children: ReactNode }) {
  return <tr className="hover:bg-tint">{children}</tr>
}

export function HeadCell(props: CellProps) {
  return (
    <th scope="col" className={`py-2 font-medium whitespace-nowrap ${cellClass(props)}`}>
      {props.children}
    </th>
  )
}

export function Cell(props: CellProps) {
  return (
    <td className={`h-12 py-2.5 align-top xl:py-1 xl:align-middle ${cellClass(props)}`}>{props.children}</td>
  )
}
