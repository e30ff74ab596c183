import { Notice } from '@/components/notice'
import { buttonClass } from '@/components/ui/button'
import type { PublicLink } from '@/lib/links/public'
import { closedWords } from './closed-words'
import { MerchantFrame } from './merchant-frame'
import { MerchantName } from './merchant-name'
import { OpensAt } from './opens-at'

/** A link that sells nothing at the moment, in the merchant's own words where there are some. */
export function ClosedPage({ link }: { link: PublicLink }) {
  const { merchant } = link
  const { title, text } = closedWords(link.state === 'open' ? 'inactive' : link.state, merchant.name)
  return (
    <MerchantFrame merchant={merchant} livemode={link.livemode}>
      <Notice
        title={title}
        above={<MerchantName name={merchant.name} />}
        action={
          merchant.supportEmail && (
            <a className={buttonClass('secondary')} href={`mailto:${merchant.supportEmail}`}>
              Write to {merchant.name}
            </a>
          )
        }
      >
        {link.starts_at !== null && <OpensAt seconds={link.starts_at} />}
        <p className="whitespace-pre-line">{link.inactive_message ?? text}</p>
      </Notice>
    </MerchantFrame>
  )
}
