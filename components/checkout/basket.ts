import type { ChangeReply } from '@/lib/checkout/update'

/** How the page asks the server to change what is bought; ids, quantities and the buyer's own amount only. */
export type BasketActions = {
  changeItem: (sent: { session: string; price: string; quantity: number }) => Promise<ChangeReply>
  chooseAmount: (sent: { session: string; amount: number }) => Promise<ChangeReply>
}
