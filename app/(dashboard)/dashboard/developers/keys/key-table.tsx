import { ActionForm } from '@/components/ui/action-form'
import { Badge } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button'
import { SubmitButton } from '@/components/ui/submit-button'
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from '@/components/ui/table'
import { Timestamp } from '@/components/ui/timestamp'
import type { ApiKey } from '@/lib/accounts/keys'
import { endKey } from './actions'

export function KeyTable({ keys }: { keys: ApiKey[] }) {
  return (
    <Table label="API keys">
      <TableHead>
        <HeadCell>Key</HeadCell>
        <HeadCell wide className="w-56">
          May do
        </HeadCell>
        <HeadCell wide className="w-52">
          Last used
        </HeadCell>
        <HeadCell className="xl:w-32">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} />
        ))}
      </TableBody>
    </Table>
  )
}

function KeyRow({ apiKey: { id, name, hint, livemode, scopes, lastUsedAt, revokedAt } }: { apiKey: ApiKey }) {
  const rights = scopes.includes('*:write')
    ? 'Everything'
    : scopes.includes('*:read')
      ? 'Reading only'
      : 'Webhooks and events'
  const used = lastUsedAt ? <Timestamp at={lastUsedAt} /> : <span>Never used</span>
  return (
    <TableRow>
      <Cell>
        <div className="font-semibold wrap-anywhere">{name}</div>
        <code className="text-[13px] text-ink-2">
          bl_{livemode ? 'live' : 'test'}_…{hint}
        </code>
        <div className="mt-1 grid gap-0.5 text-[13px] text-ink-2 xl:hidden">
          <span>{rights}</span>
          {used}
        </div>
      </Cell>
      <Cell wide className="text-ink-2">
        {rights}
      </Cell>
      <Cell wide className="text-ink-2">
        {used}
      </Cell>
      <Cell align="right">
        {revokedAt ? (
          <Badge tone="quiet">Revoked</Badge>
        ) : (
          <ActionForm action={endKey}>
            <input type="hidden" name="id" value={id} />
            <SubmitButton className={buttonClass('small')}>Revoke</SubmitButton>
          </ActionForm>
        )}
      </Cell>
    </TableRow>
  )
}
