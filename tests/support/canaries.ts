import type { StackClient } from './stack'

/** What buyers and merchants type in. None of it may ever be read in a log. */
export const personal = {
  names: ['Zyxwena Quorlish', 'Ødger Vantablæk', '柊木 千紗', 'Ana-Lucía Brzęczyk', 'Нестор Кульбабенко'],
  emails: [
    'zyxwena.quorlish@canary-mail.com',
    'oedger+shop@canary-mail.co.uk',
    'chisa@canary.jp',
    'ana.lucia@mail.canary.shop',
    'NESTOR@CANARY-MAIL.COM',
  ],
  phones: ['+4917655501234', '+1 (415) 555-0187', '+81 90-5550-1234', '0176/5550199', '+380 67 555 01 99'],
  cards: [
    '4242424242424242',
    '4000 0025 0000 3155',
    '5555-5555-5555-4444',
    '378282246310005',
    '6011000990139424',
  ],
  accounts: ['DE89370400440532013000', 'GB29NWBK60161331926819', 'DE136695976', 'ATU73952234', '536-90-4399'],
  addresses: [
    'Quittengasse 17b',
    '10439 Canaryhausen',
    '198.51.100.23',
    '2001:db8:4cf::17',
    'Flat 4, 9 Birdcage Row',
  ],
}

/** What opens something: of the running application, and such as arrive from outside. */
export function secretsOf(stack: StackClient, own: { metrics: string; setup: string }): string[] {
  return [
    stack.secretKey,
    stack.webhookSecret,
    stack.env.BUYLINK_SECRET ?? '',
    new URL(stack.databaseUrl).password,
    own.metrics,
    own.setup,
    'rk_live_51CanaryRestrictedKey',
    'whsec_canarySigningSecret0123456789',
    'bearer-canary-7d1f0c55e2',
    'bl_buyer_canary_cookie_91aa',
    'correct horse canary staple',
    'cs_test_canary_secret_fidwbEhqYWtk',
  ]
}

/** Those of the canaries that a text contains, however they are escaped in it. */
export function heard(text: string, canaries: string[]): string[] {
  return canaries.filter((canary) => {
    const forms = [canary, JSON.stringify(canary).slice(1, -1), encodeURIComponent(canary)]
    return forms.some((form) => form !== '' && text.includes(form))
  })
}
