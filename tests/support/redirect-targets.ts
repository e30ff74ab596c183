/**
 * Addresses somebody might save as the target after payment, or talk a merchant into saving, each with the origin a
 * buyer then leaves for, and null where it cannot be saved.
 */
export type Target = readonly [address: string, origin: string | null]

const refused = (addresses: readonly string[]) => addresses.map((address): Target => [address, null])
const leading = (origin: string, addresses: readonly string[]) =>
  addresses.map((address): Target => [address, origin])

const code = 'alert(1)'
const shop = 'https://shop.example'

const scripts = [
  ...[
    `javascript:${code}`,
    `JaVaScRiPt:${code}`,
    `javascript://shop.example/%0a${code}`,
    `javascript:///${code}`,
  ],
  ...[
    ` javascript:${code}`,
    `\tjavascript:${code}`,
    `java\nscript:${code}`,
    `java\tscript:${code}`,
    `\0javascript:1`,
  ],
  ...[
    `javascript&colon;${code}`,
    `javascript%3A${code}`,
    `ｊａｖａｓｃｒｉｐｔ:${code}`,
    `vbscript:${code}`,
    `livescript:1`,
  ],
  ...[
    `data:text/html,<script>${code}</script>`,
    'data:text/html;base64,PHNjcmlwdD4=',
    'DATA:,x',
    'data://shop.example/',
  ],
  ...[`blob:${shop}/1`, `filesystem:${shop}/temporary/x`, `view-source:${shop}`, `feed:javascript:${code}`],
  ...[
    'about:blank',
    'about:srcdoc',
    'file:///etc/passwd',
    'file://shop.example/x',
    'ftp://shop.example/',
    'ws://shop.example',
  ],
  ...[
    'wss://shop.example/',
    'gopher://shop.example/',
    'mailto:a@shop.example',
    'tel:+1',
    'sms:1',
    'intent://shop.example#Intent;end',
  ],
  ...[
    'chrome://settings',
    'ms-settings:',
    'itms-services://?action=x',
    'steam://run/1',
    'shop.example:443/x',
  ],
]

const relative = [
  ...[
    '',
    ' ',
    '/',
    '/thanks',
    '//evil.example',
    '///evil.example',
    '\\\\evil.example',
    '/\\evil.example',
    '\\/evil.example',
  ],
  ...[
    '/\t/evil.example',
    '//evil.example:443/x',
    '//evil.example@shop.example',
    './thanks',
    '../thanks',
    '?x=1',
    '#x',
  ],
  ...[
    'shop.example',
    'shop.example/thanks',
    'www.shop.example',
    'localhost',
    'localhost:3000',
    '{CHECKOUT_SESSION_ID}',
  ],
  ...[
    'https',
    'https:',
    'https:/',
    'https://',
    'https:///',
    'https:evil.example',
    'https:/evil.example',
    'https:\\evil.example',
  ],
  ...[
    'https:\\\\evil.example',
    'https;//evil.example',
    'https：//evil.example',
    '://evil.example',
    'null',
    'undefined',
  ],
]

const disguised = [
  ...['https://user@evil.example', 'https://user:pass@evil.example', 'https://shop.example@evil.example/'],
  ...[
    'https://shop.example%40evil.example',
    'https://shop.example:443@evil.example/',
    'https://%00@evil.example',
  ],
  ...[
    'https://shop.example%2f@evil.example',
    'https://shop.example\t@evil.example',
    'https://a:b@c:d@evil.example',
  ],
  ...['https://{CHECKOUT_SESSION_ID}@shop.example/', 'https://user:{CHECKOUT_SESSION_ID}@shop.example/'],
  ...['https://{CHECKOUT_SESSION_ID}.evil.example/', 'https://%7BCHECKOUT_SESSION_ID%7D.evil.example/'],
  ...[
    'https://{CHECKOUT_SESSION_ID}/',
    'https://shop.example.{CHECKOUT_SESSION_ID}/',
    'https://{checkout_session_id}.x/',
  ],
  ...[
    'https://shop.example:{CHECKOUT_SESSION_ID}/',
    'https://shop.example:99999/',
    'https://shop.example:-1/',
  ],
  ...[
    'https://shop example/',
    'https://%20/',
    'https://%00.example/',
    'https://shop<.example/',
    'https://[::1',
    'https://]/',
  ],
  ...[
    'https://1.2.3.4.5/',
    'https://256.1.1.1/',
    'https://0x1ffffffff/',
    'https://[fe80::1%25lo]/',
    'https://xn--/',
  ],
  ...['https://\u202eelpmaxe.pohs/', 'https://shop.example^.evil/', 'https://a|b/', 'https://"><script>/'],
  `https://shop.example/${'a'.repeat(2048)}`,
]

const plain = [
  ...[
    'http://shop.example',
    'http://shop.example/thanks',
    'HTTP://SHOP.EXAMPLE/',
    'http://evil.example:443/',
  ],
  ...[
    'http://localhost.evil.example/',
    'http://evil.example/localhost',
    'http://evil.example#localhost',
    'http://localhost./',
  ],
  ...[
    'http://127.0.0.1.evil.example/',
    'http://localhost@evil.example/',
    'http://127.0.0.2/',
    'http://10.0.0.1/',
    'http://0.0.0.0/',
  ],
  ...[
    'http://[::ffff:127.0.0.1]/',
    'http://[::]/',
    'http://169.254.169.254/latest/meta-data',
    'http://192.168.0.1/admin',
  ],
  ...['http://evil.example\\@localhost/', 'http://evil.example?@localhost/', 'http://user@localhost:3000/'],
]

export const redirectTargets: readonly Target[] = [
  ...refused([...scripts, ...relative, ...disguised, ...plain]),
  ...leading(shop, [
    ...[
      'https://shop.example',
      ' https://shop.example/ ',
      'HTTPS://SHOP.EXAMPLE/',
      'https://shop.example:443/thanks',
    ],
    ...[
      'https://shop.example\\@evil.example/',
      'https://shop.example/\\evil.example',
      'https://shop.example?@evil.example',
    ],
    ...[
      'https://shop.example#@evil.example',
      'https://shop.example//evil.example',
      'https://shop.example/..//evil.example',
    ],
    ...[`https://shop.example/?next=javascript:${code}`, `https://shop.example/#javascript:${code}`],
    ...[
      'https://shop.example/"><script>alert(1)</script>',
      'https://shop.example/\r\nset-cookie: a=b',
      'https://shop.ex\tample/',
    ],
    ...[
      'https://shop。example/',
      'https://ｓｈｏｐ.example/',
      'https://shop%2Eexample/',
      'https://sh\u00adop.example/',
    ],
    ...[
      'https://shop.example/{CHECKOUT_SESSION_ID}',
      'https://shop.example?s={CHECKOUT_SESSION_ID}#{CHECKOUT_SESSION_ID}',
    ],
    ...[
      'https://shop.example/%7BCHECKOUT_SESSION_ID%7D/{CHECKOUT_SESSION_ID}',
      'https://shop.example/?bl_sig=forged&status=paid',
    ],
  ]),
  // A buyer's browser goes there, this server never does.
  ...leading('https://127.0.0.1', [
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
  ]),
  ...leading('https://xn--shp-tna.example', ['https://sh\u00f6p.example/', 'https://XN--SHP-TNA.example/']),
  ...leading('http://localhost:3000', [
    'http://localhost:3000/thanks',
    'HTTP://LocalHost:3000/',
    'http://localhost:3000\\@evil.example',
  ]),
  ...leading('http://127.0.0.1', ['http://127.0.0.1/', 'http://127.1/', 'http://0x7f000001/']),
  ...leading('http://[::1]', ['http://[::1]/', 'http://[0:0:0:0:0:0:0:1]/']),
]
