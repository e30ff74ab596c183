import { ExternalLink } from 'lucide-react'
import { recurringWords } from '@/components/recurring'
import { Badge, type Tone } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from '@/components/ui/table'
import { Timestamp } from '@/components/ui/timestamp'
import type { LinkSummary } from '@/lib/links/links'
import { formatMoney } from '@/lib/money'

const states: Record<LinkSummary['state'], { tone: Tone; label: string }> = {
  open: { tone: 'good', label: 'Active' },
  inactive: { tone: 'quiet', label: 'Switched off' },
  not_yet: { tone: 'quiet', label: 'Not yet on sale' },
  ended: { tone: 'quiet', label: 'Sale ended' },
  sold_out: { tone: 'warning', label: 'Sold out' },
}

export function LinkTable({ links }: { links: LinkSummary[] }) {
  return (
    <Table label="Payment links">
      <TableHead>
        <HeadCell>Link</HeadCell>
        <HeadCell wide className="w-36">
          State
        </HeadCell>
        <HeadCell wide align="right" className="w-44">
          Price
        </HeadCell>
        <HeadCell wide className="w-52">
          Created
        </HeadCell>
        <HeadCell className="xl:w-28">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {links.map((link) => (
          <LinkRow key={link.id} link={link} />
        ))}
      </TableBody>
    </Table>
  )
}

function LinkRow({ link }: { link: LinkSummary }) {
  const title = link.name ?? link.title
  const { tone, label } = states[link.state]
  const price = <Price link={link} />
  return (
    <TableRow>
      <Cell>
        <div className="font-semibold wrap-anywhere xl:truncate" title={title}>
          {title}
        </div>
        <a
          href={link.url}
          target="_blank"
          rel="noopener"
          className="inline-flex min-h-6 max-w-full items-center gap-1 text-[13px] text-ink-2 hover:text-ink hover:underline"
        >
          <span className="wrap-anywhere xl:truncate">{link.url}</span>
          <ExternalLink size={12} className="shrink-0" aria-hidden />
          <span className="sr-only">(opens in a new tab)</span>
        </a>
        <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 xl:hidden">
          <Badge tone={tone}>{label}</Badge>
          {price}
          <Timestamp at={link.created_at} className="text-[13px] text-ink-3" />
        </div>
      </Cell>
      <Cell wide>
        <Badge tone={tone}>{label}</Badge>
      </Cell>
      <Cell wide align="right" className="whitespace-nowrap">
        {price}
      </Cell>
      <Cell wide>
        <Timestamp at={link.created_at} className="text-ink-2" />
      </Cell>
      <Cell align="right">
        <CopyButton text={link.url} label={`Copy the address of ${title}`} />
      </Cell>
    </TableRow>
  )
}

function Price({ link }: { link: LinkSummary }) {
  return (
    <span>
      {link.amount === null ? 'Buyer chooses' : formatMoney(link.amount, link.currency)}
      {link.recurring && <span className="text-ink-2"> {recurringWords(link.recurring)}</span>}
    </span>
  )
}
