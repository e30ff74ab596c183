import { type HoldReply, holdPlace } from './actions'

/** Why the buyer cannot pay now, in words they can act on. */
export type Refusal = { title: string; message: string }

/** Takes the buyer's place. @returns null when they may pay; never throws */
export async function holdBeforePaying(session: string): Promise<Refusal | null> {
  const reply = await holdPlace({ session }).catch(() => ({ kind: 'unavailable' as const }))
  return reply.kind === 'held' ? null : refusalWords(reply)
}

const notCharged = 'Nothing was charged.'

function refusalWords(reply: Exclude<HoldReply, { kind: 'held' }>): Refusal {
  switch (reply.kind) {
    case 'closed':
      return {
        title: closedTitles[reply.state],
        message: [reply.message, notCharged].filter(Boolean).join(' '),
      }
    case 'none_left':
      return noneLeft(reply)
    case 'bought_before':
      return {
        title: 'You have bought this already',
        message: `Each buyer can have only so many of these. ${notCharged}`,
      }
    case 'unknown':
      return {
        title: 'This page is out of date',
        message: `Load it again to pay. ${notCharged}`,
      }
    case 'unavailable':
      return {
        title: 'The payment could not be started',
        message: `Please try again in a moment. ${notCharged}`,
      }
  }
}

const closedTitles = {
  inactive: 'No longer available',
  not_yet: 'Not yet on sale',
  ended: 'No longer on sale',
  sold_out: 'Sold out',
}

function noneLeft({ item, free, held }: Extract<HoldReply, { kind: 'none_left' }>): Refusal {
  const name = item ? `“${item}”` : 'this'
  if (free > 0) {
    return {
      title: `Only ${free} left`,
      message: `There are only ${free} of ${name} left. Choose fewer to buy them. ${notCharged}`,
    }
  }
  if (!held) return { title: 'Sold out', message: `The last of ${name} has just been sold. ${notCharged}` }
  return {
    title: 'Sold out for now',
    message: `Somebody else is paying for the last of ${name} at this moment. If they do not, it is free again within half an hour. ${notCharged}`,
  }
}
