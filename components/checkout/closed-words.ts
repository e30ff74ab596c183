import type { PublicLink } from '@/lib/links/public'

type Closed = Exclude<PublicLink['state'], 'open'>

/** Why a link cannot be bought from; the merchant's own words take the text's place where there are some. */
export function closedWords(state: Closed, merchant: string): { title: string; text: string } {
  return {
    inactive: { title: 'No longer available', text: `${merchant} has stopped selling through this link.` },
    not_yet: { title: 'Not yet on sale', text: `${merchant} has not started selling this yet.` },
    ended: {
      title: 'No longer on sale',
      text: `The sale has ended. ${merchant} no longer offers this here.`,
    },
    sold_out: { title: 'Sold out', text: `Everything ${merchant} offered here has been sold.` },
  }[state]
}
