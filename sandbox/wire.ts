import type Stripe from 'stripe'

type Primitive = string | number | boolean | null | undefined

/** What a type of the SDK looks like on the wire: the SDK's `Decimal` travels as a string. */
export type Wire<T> = T extends Primitive
  ? T
  : T extends Stripe.Decimal
    ? string
    : T extends (infer Item)[]
      ? Wire<Item>[]
      : T extends object
        ? { [Key in keyof T]: Wire<T[Key]> }
        : T

/** The documented values of one of the SDK's open enums, without its `OtherString`. */
export type Known<T> = T extends string ? (string extends T ? never : T) : never
