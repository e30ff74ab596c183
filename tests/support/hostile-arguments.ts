import { seededRandom } from './random'

export type ActionName = 'holdPlace' | 'saveAnswers' | 'changeItem' | 'chooseAmount'

/** What there is to be named: some of it may be the caller's own. */
export type Known = {
  /** Checkout sessions: of the caller, of others. */
  sessions: string[]
  /** Prices: offered, not offered. */
  prices: string[]
}

type Argument = Record<string, unknown>

/** As React writes what JSON has no word for; the last two name nothing that was sent. */
const unwritten = ['$undefined', '$NaN', '$Infinity', '$-Infinity', '$-0', '$n5', '$D2026-01-01', '$$x']

const wrong: unknown[] = [
  ...[null, true, false, 0, -1, -0.5, 0.1, 1.5, 1e21, 2 ** 31, 2 ** 53, -(2 ** 53), 1_000_000, 100_000_000],
  ...['', ' ', '0', '1', '-1', '1e3', '0x10', '１', '1,5', 'NaN', '\0', '\ud800', '\u202e', "' or 1=1 --"],
  ...['<script>pwned()</script>', '../../etc/passwd', '%00', '\r\nx: y', 'x'.repeat(20_000), ...unwritten],
  ...[
    [],
    [1],
    ['price_x'],
    {},
    { $gt: '' },
    { toString: 'x' },
    JSON.parse('{"then":"x"}'),
    { valueOf: 1 },
    [[[[[[1]]]]]],
  ],
]

/** Beside what an action takes; one that spread its argument would believe them. */
const strangers: Argument[] = [
  ...[
    { amount: 1 },
    { unit_amount: 1 },
    { price_data: { unit_amount: 1 } },
    { currency: 'jpy' },
    { price: 'x' },
  ],
  ...[
    { discounts: [{ coupon: 'x' }] },
    { line_items: [] },
    { buyerHash: 'x' },
    { status: 'open' },
    { mode: 'x' },
  ],
  JSON.parse('{"__proto__":{"amount":1}}'),
  JSON.parse('{"constructor":{"prototype":{"amount":1}}}'),
]

const quantities = [0, 1, 2, 3, 4, 5, 6, 10, 99, 999_999]
const amounts = [0, 1, 49, 199, 200, 201, 2500, 4999, 5001, 49_999, 50_000, 50_001, 99_999_999]
const answers: unknown[] = [
  ...[
    {},
    { name: 'Ada' },
    { name: 'x'.repeat(21) },
    { name: '\0\ud800' },
    { name: '$undefined' },
    { gift: true },
  ],
  ...[{ gift: 'yes' }, { name: true }, { name: 1 }, { name: null }, { name: ['Ada'] }, { nobody: 'asked' }],
  ...[{ toString: 'x' }, { name: '<img src=x onerror=pwned()>' }, { size: 'l' }, { size: 'free' }],
  JSON.parse('{"__proto__":"x","name":"Ada"}'),
  Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`field${at}`, 'x'])),
]

/** Names that are no session of anybody's, or almost one. */
const almost = (id: string) => [
  ...[`${id}\n`, ` ${id}`, id.toUpperCase(), `${id}_secret_x`, id.slice(0, -1), `${id}'--`, `${id}%00`, [id]],
  ...['cs_', 'cs_test_', `cs_test_${'a'.repeat(40)}`, `cs_live_${'a'.repeat(40)}`, `cs_${'x'.repeat(300)}`],
]

/**
 * `count` lists of arguments for one action from `seed`: what its page sends, with any session, price and number
 * in it, and every way of getting that wrong, most with one thing wrong and some with several.
 */
export function hostileArguments(
  action: ActionName,
  { sessions, prices }: Known,
  count: number,
  seed: number,
): unknown[][] {
  const random = seededRandom(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const fields: Record<ActionName, () => Argument> = {
    holdPlace: () => ({}),
    saveAnswers: () => ({
      answers: pick(answers),
      terms: pick([null, null, 'x']),
      promotions: random() < 0.5,
    }),
    changeItem: () => ({ price: pick(prices), quantity: pick(quantities) }),
    chooseAmount: () => ({ amount: pick(amounts) }),
  }
  const right = (): Argument => ({ session: pick(sessions), ...fields[action]() })
  const spoil = (argument: Argument): Argument => {
    const names = Object.keys(argument)
    const name = pick(names)
    switch (Math.floor(random() * 4)) {
      case 0:
        return { ...argument, [name]: pick(wrong) }
      case 1:
        return Object.fromEntries(Object.entries(argument).filter(([other]) => other !== name))
      case 2:
        return { ...argument, ...pick(strangers) }
      default:
        return { ...argument, session: pick(almost(pick(sessions))) }
    }
  }
  const list = (): unknown[] => {
    const dice = random()
    if (dice < 0.35) return [right()]
    if (dice < 0.75) return [spoil(right())]
    if (dice < 0.88) return [spoil(spoil(right()))]
    return pick<() => unknown[]>([
      () => [],
      () => [pick(wrong)],
      () => [[right()]],
      () => [pick(wrong), right()],
      () => [right(), pick(wrong), right()],
      () => [JSON.stringify(right())],
      () => Array.from({ length: 900 }, () => 0),
    ])()
  }
  return Array.from({ length: count }, list)
}

/** Bodies that are no list of arguments as React writes one. */
export const brokenBodies: readonly string[] = [
  ...[
    '',
    ' ',
    '{',
    '[',
    '[{]',
    'null',
    '0',
    '"x"',
    'undefined',
    '\0',
    '[]]',
    '[{}',
    '{"0":{}}',
    '{"length":1e9}',
  ],
  ...[
    '["$1"]',
    '["$F1"]',
    '["$Q1"]',
    '["$W1"]',
    '["$B1"]',
    '["$@1"]',
    '["$K1"]',
    '["$R1"]',
    '["$nx"]',
    '["$i1"]',
  ],
  ...[
    '["$0"]',
    '["$0:0:constructor"]',
    '["$1:__proto__:then"]',
    '[{"then":"$0:then"}]',
    '["$S1"]',
    '["$O1"]',
  ],
  ...['['.repeat(5000) + ']'.repeat(5000), `["${'x'.repeat(150_000)}"]`, `[${'0,'.repeat(1500)}0]`],
  ...[
    '0=%5B%5D',
    '$ACTION_REF_0=&$ACTION_0:0={"id":"x","bound":"$@1"}',
    '--x\r\n\r\n--x--',
    '\ufeff[]',
    '\u2028',
  ],
]
