'use client'

import dynamic from 'next/dynamic'

/*
 * What only some links have comes in scripts of its own: who buys one book at one price loads none of it. Only a
 * client module's dynamic import makes a script of its own (Next, lazy loading).
 */

export const AmountField = dynamic(() => import('./amount-field').then((part) => part.AmountField))
export const OpensAt = dynamic(() => import('./opens-at').then((part) => part.OpensAt))
export const OptionalItem = dynamic(() => import('./optional-item').then((part) => part.OptionalItem))
export const OptionalAmount = dynamic(() => import('./optional-item').then((part) => part.OptionalAmount))
export const PromotionCode = dynamic(() => import('./promotion-code').then((part) => part.PromotionCode))
export const Quantity = dynamic(() => import('./quantity').then((part) => part.Quantity))
export const ShippingOptions = dynamic(() =>
  import('./shipping-options').then((part) => part.ShippingOptions),
)
