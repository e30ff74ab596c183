import type { Appearance } from '@stripe/stripe-js'
import type { Font } from '../protocol'
import { h } from './dom'

type Variables = NonNullable<Appearance['variables']>

const stripe: Variables = {
  colorPrimary: '#0a63d8',
  colorBackground: '#ffffff',
  colorText: '#1d2330',
  colorTextSecondary: '#5b6472',
  colorDanger: '#c8202f',
  borderRadius: '6px',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontSizeBase: '16px',
  spacingUnit: '4px',
}
const themes: Record<NonNullable<Appearance['theme']>, Variables> = {
  stripe,
  night: {
    ...stripe,
    colorPrimary: '#85b7ff',
    colorBackground: '#22262e',
    colorText: '#f2f4f8',
    colorTextSecondary: '#a9b1be',
    colorDanger: '#ff8d8d',
  },
  flat: { ...stripe, colorBackground: '#eff1f4', inputColorBorder: 'transparent', inputBoxShadow: 'none' },
}

/** Custom property of the frame's style sheet → the variable of Stripe's Appearance API that sets it, first found. */
const properties: Record<string, keyof Variables | (keyof Variables)[]> = {
  '--primary': 'colorPrimary',
  '--on-primary': 'accessibleColorOnColorPrimary',
  '--ground': 'colorBackground',
  '--text': 'colorText',
  '--text-2': 'colorTextSecondary',
  '--placeholder': 'colorTextPlaceholder',
  '--danger': 'colorDanger',
  '--radius': 'borderRadius',
  '--button-radius': ['buttonBorderRadius', 'borderRadius'],
  '--font': 'fontFamily',
  '--size': 'fontSizeBase',
  '--unit': 'spacingUnit',
  '--line-height': 'fontLineHeight',
  '--border': 'inputColorBorder',
  '--shadow': 'inputBoxShadow',
  '--focus-border': 'inputFocusColorBorder',
  '--focus-shadow': ['inputFocusBoxShadow', 'focusBoxShadow'],
  '--row-gap': 'gridRowSpacing',
  '--column-gap': 'gridColumnSpacing',
  '--label-color': 'labelColorText',
  '--label-size': 'labelFontSize',
  '--label-weight': 'labelFontWeight',
}

const ruleSheet = new CSSStyleSheet()
document.adoptedStyleSheets = [ruleSheet]

/** Rules are set through the CSSOM, so that no text of the page is ever parsed as a style sheet. */
function applyRules(rules: NonNullable<Appearance['rules']>) {
  ruleSheet.replaceSync('')
  for (const [selector, declarations] of Object.entries(rules)) {
    if (!/^\.[\w-]+/.test(selector) || /[{}]/.test(selector)) continue
    try {
      const rule = ruleSheet.cssRules[ruleSheet.insertRule(`${selector}{}`)]
      if (!(rule instanceof CSSStyleRule)) continue
      for (const [name, value] of Object.entries(declarations)) {
        rule.style.setProperty(
          name.replace(/[A-Z]/g, (sign) => `-${sign.toLowerCase()}`),
          value,
        )
      }
    } catch {
      // A selector the browser does not know leaves the others alone.
    }
  }
}

/** Whether the ground is dark by its relative luminance. */
function isDark(): boolean {
  const [red = 255, green = 255, blue = 255] =
    getComputedStyle(document.documentElement)
      .backgroundColor.match(/[\d.]+/g)
      ?.map(Number) ?? []
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 110
}

/** Dresses the frame (Stripe's Appearance API) and tells whether the result is dark. */
export function applyAppearance(appearance: Appearance): boolean {
  const root = document.documentElement
  const given = Object.entries(appearance.variables ?? {}).filter(([, value]) => value)
  const variables: Variables = { ...themes[appearance.theme ?? 'stripe'], ...Object.fromEntries(given) }
  for (const [property, names] of Object.entries(properties)) {
    const value = [names]
      .flat()
      .map((name) => variables[name])
      .find(Boolean)
    if (value) root.style.setProperty(property, value)
    else root.style.removeProperty(property)
  }
  root.dataset.labels = appearance.labels === 'floating' ? 'floating' : 'above'
  root.dataset.still = String(appearance.disableAnimations === true)
  applyRules(appearance.rules ?? {})

  root.style.backgroundColor = 'var(--ground)'
  const dark = isDark()
  root.style.backgroundColor = ''
  root.style.colorScheme = dark ? 'dark' : 'light'
  return dark
}

/** Fonts of the merchant's page, for use inside the frame. One that does not load is left out. */
export function loadFonts(fonts: Font[]) {
  for (const font of fonts) {
    if ('cssSrc' in font) {
      document.head.append(h('link', { rel: 'stylesheet', href: font.cssSrc }))
      continue
    }
    const { family, src, ...descriptors } = font
    if (!family || !src) continue
    const face = new FontFace(family, src, descriptors as FontFaceDescriptors)
    document.fonts.add(face)
    face.load().catch(() => document.fonts.delete(face))
  }
}
