import type { Metadata } from 'next'
import { ActionForm } from '@/components/ui/action-form'
import { Badge } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button'
import { Pager } from '@/components/ui/pager'
import { Section } from '@/components/ui/section'
import { SubmitButton } from '@/components/ui/submit-button'
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from '@/components/ui/table'
import { Timestamp } from '@/components/ui/timestamp'
import { type ApiKey, listKeys } from '@/lib/accounts/keys'
import { requireUser } from '@/lib/accounts/session'
import { listAddress, listQuery } from '@/lib/http/list-query'
import { endKey, makeKey } from './actions'
import { NewKey } from './new-key'

export const metadata: Metadata = { title: 'API keys' }

const path = '/dashboard/developers/keys'

export default async function KeysPage({ searchParams }: { searchParams: Promise<object> }) {
  const request = listQuery(await searchParams)
  await requireUser(listAddress(path, request))
  const { items, next, previous } = await listKeys(request)
  return (
    <>
      <h1 className="mb-5 text-2xl font-semibold tracking-tight">API keys</h1>
      <ActionForm action={makeKey}>
        <NewKey />
      </ActionForm>
      {items.length > 0 && (
        <Section title="Keys">
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
              {items.map((key) => (
                <KeyRow key={key.id} apiKey={key} />
              ))}
            </TableBody>
          </Table>
        </Section>
      )}
      <Pager path={path} next={next} previous={previous} />
    </>
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
