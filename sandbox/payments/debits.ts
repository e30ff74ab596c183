/** What a SEPA debit does; Stripe decides it by the buyer's e-mail. */
export type DebitPlan = { outcome: 'succeed' | 'fail' | 'dispute'; isDelayed: boolean }

const plans: Record<string, DebitPlan> = {
  generatedsepadebitintentsfail: { outcome: 'fail', isDelayed: false },
  generatedsepadebitintentsfaildelayed: { outcome: 'fail', isDelayed: true },
  generatedsepadebitintentssucceeddisputed: { outcome: 'dispute', isDelayed: false },
  generatedsepadebitintentssucceeddelayed: { outcome: 'succeed', isDelayed: true },
}

/** Own text before an underscore is allowed; any other e-mail succeeds soon. */
export function debitPlan(email: string): DebitPlan {
  const local = email.split('@')[0] ?? ''
  const name = local.slice(local.lastIndexOf('_') + 1)
  return plans[name.toLowerCase()] ?? { outcome: 'succeed', isDelayed: false }
}

/** Whether the check digits of an IBAN are right (ISO 7064, modulo 97). */
export function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false
  const moved = iban.slice(4) + iban.slice(0, 4)
  let rest = 0
  for (const character of moved) {
    const value = Number.parseInt(character, 36)
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97
  }
  return rest === 1
}
