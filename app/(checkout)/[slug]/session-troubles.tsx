import { closedWords } from '@/components/checkout/closed-words'
import { Trouble } from '@/components/checkout/trouble'
import type { useSession } from './use-session'

export type SessionTrouble = Exclude<ReturnType<typeof useSession>['state'], { kind: 'opening' }>

const busyWords = {
  offline: {
    title: 'No connection',
    text: 'The page could not reach its server. It tries again by itself; nothing has been charged.',
  },
  crowded: {
    title: 'Many people are here right now',
    text: 'Payments are opened one after another. This page tries again by itself; nothing has been charged.',
  },
  unavailable: {
    title: 'Payments are not available at the moment',
    text: 'The payment could not be prepared. This page tries again by itself; nothing has been charged.',
  },
}

/** Why there is no session to pay, in words a buyer can act on. */
export function SessionTroubles({
  trouble,
  merchant,
  onRetry,
}: {
  trouble: SessionTrouble
  merchant: string
  onRetry: () => void
}) {
  if (trouble.kind === 'busy') {
    const { title, text } = busyWords[trouble.why]
    return (
      <Trouble title={title} action={{ label: 'Try now', onPress: onRetry, busy: trouble.trying }}>
        {text}
      </Trouble>
    )
  }
  if (trouble.kind === 'refused') {
    return (
      <Trouble
        title="This page cannot take the payment"
        action={{ label: 'Load the page again', onPress: () => location.reload() }}
      >
        {trouble.message}
      </Trouble>
    )
  }
  if (trouble.session.state === 'open') return null
  const { title, text } = closedWords(trouble.session.state, merchant)
  return <Trouble title={title}>{trouble.session.message ?? text}</Trouble>
}
