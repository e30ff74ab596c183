import type { Metadata } from 'next'
import { ActionForm } from '@/components/ui/action-form'
import { Pager } from '@/components/ui/pager'
import { Section } from '@/components/ui/section'
import { listKeys } from '@/lib/accounts/keys'
import { requireUser } from '@/lib/accounts/session'
import { listAddress, listQuery } from '@/lib/http/list-query'
import { makeKey } from './actions'
import { KeyTable } from './key-table'
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
          <KeyTable keys={items} />
        </Section>
      )}
      <Pager path={path} next={next} previous={previous} />
    </>
  )
}
