import { Notice } from '@/components/notice'
import { buttonClass } from '@/components/ui/button'
import type { PublicLink } from '@/lib/links/public'
import { MerchantFrame } from './merchant-frame'
import { MerchantName } from './merchant-name'

/** A link that sells nothing at the moment, in the merchant's own words where there are some. */
export function ClosedPage({ link }: { link: PublicLink }) {
  const { merchant } = link
  const soldOut = link.state === 'sold_out'
  return (
    <MerchantFrame merchant={merchant} livemode={link.livemode}>
      <Notice
        title={soldOut ? 'Sold out' : 'No longer available'}
        above={<MerchantName name={merchant.name} />}
        action={
          merchant.supportEmail && (
            <a className={buttonClass('secondary')} href={`mailto:${merchant.supportEmail}`}>
              Write to {merchant.name}
            </a>
          )
        }
      >
        <p className="whitespace-pre-line">
          {link.inactive_message ??
            (soldOut
              ? `Everything ${merchant.name} offered here has been sold.`
              : `${merchant.name} has stopped selling through this link.`)}
        </p>
      </Notice>
    </MerchantFrame>
  )
}
