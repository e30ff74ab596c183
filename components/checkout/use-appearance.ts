'use client'

import type { Appearance } from '@stripe/stripe-js'
import { type RefObject, useEffect, useState } from 'react'

/** The page's own colours and measures for Stripe's fields, so that nothing shows a seam. */
function appearanceOf(element: Element, dark: boolean): Appearance {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim()
  const border = `1px solid ${token('--control-line')}`
  return {
    theme: dark ? 'night' : 'stripe',
    labels: 'above',
    variables: {
      colorPrimary: token('--brand'),
      colorBackground: token('--card'),
      colorText: token('--ink'),
      colorTextSecondary: token('--ink-2'),
      colorTextPlaceholder: token('--ink-3'),
      colorDanger: token('--bad'),
      accessibleColorOnColorPrimary: token('--on-brand'),
      fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
      fontSizeBase: '16px',
      fontLineHeight: '1.5',
      spacingUnit: '4px',
      borderRadius: token('--r'),
      focusBoxShadow: `0 0 0 3px color-mix(in srgb, ${token('--brand')} 35%, transparent)`,
      focusOutline: 'none',
    },
    rules: {
      '.Label': { fontSize: '14px', fontWeight: '500', color: token('--ink'), marginBottom: '6px' },
      '.Input': { border, boxShadow: 'none', padding: '9px 12px' },
      '.Input:focus': { borderColor: token('--brand') },
      '.Input--invalid': { borderColor: token('--bad'), boxShadow: 'none' },
      '.AccordionItem': { borderColor: token('--line'), boxShadow: 'none', fontWeight: '500' },
      '.AccordionItem--selected': { color: token('--ink') },
    },
  }
}

/** The appearance for `element`'s theme; follows the scheme as it changes. Null until the page is styled. */
export function useAppearance(element: RefObject<Element | null>): Appearance | null {
  const [appearance, setAppearance] = useState<Appearance | null>(null)
  useEffect(() => {
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    const read = () => {
      if (element.current) setAppearance(appearanceOf(element.current, scheme.matches))
    }
    read()
    scheme.addEventListener('change', read)
    return () => scheme.removeEventListener('change', read)
  }, [element])
  return appearance
}
