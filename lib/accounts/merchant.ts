import { eq } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { merchant } from '@/db/schema'

/** What buyers see of the merchant above every offer. */
export type Merchant = {
  name: string
  /** `#rrggbb` */
  accentColor: string
  supportEmail: string | null
  termsUrl: string | null
  privacyUrl: string | null
}

const unnamed: Merchant = {
  name: 'Buylink',
  accentColor: '#1f5eff',
  supportEmail: null,
  termsUrl: null,
  privacyUrl: null,
}

/** The merchant of this deployment; neutral values until the owner has set them. */
export async function getMerchant(): Promise<Merchant> {
  const [row] = await db().select().from(merchant).limit(1)
  return merchantOf(row ?? null)
}

/** What buyers see of the merchant's row, where a larger read has it. */
export function merchantOf(row: typeof merchant.$inferSelect | null): Merchant {
  if (!row) return unnamed
  const { name, accentColor, supportEmail, termsUrl, privacyUrl } = row
  return { name, accentColor, supportEmail, termsUrl, privacyUrl }
}

/** Writes the merchant's public details; fields that are left out keep their value. */
export async function saveMerchant(
  details: Partial<Merchant> & { name: string },
  writer: Writer = db(),
): Promise<void> {
  await writer
    .insert(merchant)
    .values({ id: 'merchant', ...details })
    .onConflictDoUpdate({ target: merchant.id, set: { ...details, updatedAt: new Date() } })
}

/** Whether nobody has named this deployment yet. */
export async function merchantIsUnnamed(): Promise<boolean> {
  const rows = await db().select({ id: merchant.id }).from(merchant).where(eq(merchant.id, 'merchant'))
  return rows.length === 0
}
