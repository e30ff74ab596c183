import type { CustomField } from '@/db/types'

/** A question as Stripe has it (Payment Links, `custom_fields`); our own types look alike. */
export function customFieldResource(field: CustomField) {
  const { key, label, optional, type } = field
  const shared = { key, label: { type: 'custom' as const, custom: label }, optional, type }
  return { ...shared, [type]: settingsOf(field) } as typeof shared & Settings
}

type Bounds = { default_value: string | null; minimum_length: number | null; maximum_length: number | null }

/** Under the name of its type, and under no other. */
type Settings = {
  text?: Bounds
  numeric?: Bounds
  long_text?: Bounds
  dropdown?: { default_value: string | null; options: { label: string; value: string }[] }
  checkbox?: { default_value: boolean }
  date?: { default_value: string | null; earliest: string | null; latest: string | null }
}

function settingsOf(field: CustomField) {
  const { default_value } = field
  switch (field.type) {
    case 'dropdown':
      return { default_value, options: field.options }
    case 'checkbox':
      return { default_value }
    case 'date':
      return { default_value, earliest: field.earliest, latest: field.latest }
    default:
      return { default_value, minimum_length: field.minimum, maximum_length: field.maximum }
  }
}
