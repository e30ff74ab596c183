import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contrast, readableAccent } from '@/components/checkout/accent'
import { readableSurface, surfaceRules } from '@/components/checkout/surface'

const lightPages = ['#ffffff', '#f6f7f9']
const darkPages = ['#12151b', '#0c0e13', '#171b22']
const colours = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`)

test('every colour becomes readable in both schemes', () => {
  fc.assert(
    fc.property(colours, (colour) => {
      const { light, dark } = readableAccent(colour)
      for (const page of lightPages) {
        expect(contrast(light.fill, page)).toBeGreaterThanOrEqual(3)
        expect(contrast(light.ink, page)).toBeGreaterThanOrEqual(4.5)
      }
      for (const page of darkPages) expect(contrast(dark.fill, page)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(light.on, light.fill)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(dark.on, dark.fill)).toBeGreaterThanOrEqual(4.5)
    }),
    { numRuns: 500 },
  )
})

test('a colour that is readable already stays as it is', () => {
  expect(readableAccent('#1f5eff').light).toEqual({ fill: '#1f5eff', on: '#ffffff', ink: '#1f5eff' })
  expect(readableAccent('#9fc5ff').dark).toMatchObject({ fill: '#9fc5ff', on: '#000000' })
})

test('what is no colour gives the default', () => {
  for (const wrong of ['', 'red', '#fff', '#12345g', 'url(x)']) {
    expect(readableAccent(wrong)).toEqual(readableAccent('#1f5eff'))
  }
})

test('contrast agrees with the values WCAG names', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

// Mutants: one ink for every ground; the ground of the light scheme in the dark one.
test('on every background of a merchant all of the offer can be read, in both schemes', () => {
  fc.assert(
    fc.property(colours, colours, (background, accent) => {
      const both = readableSurface(background, accent)
      if (!both) throw new Error('a colour was not read')
      expect(both.light.ground).toBe(background)
      expect(contrast(both.dark.ground, '#ffffff')).toBeGreaterThanOrEqual(16)
      for (const tokens of [both.light, both.dark]) {
        for (const name of ['ink', 'ink-2', 'ink-3', 'bad', 'brand-ink'] as const) {
          expect(contrast(tokens[name], tokens.ground)).toBeGreaterThanOrEqual(4.5)
        }
        expect(contrast(tokens['control-line'], tokens.ground)).toBeGreaterThanOrEqual(3)
        expect(contrast(tokens.brand, tokens.ground)).toBeGreaterThanOrEqual(3)
        expect(contrast(tokens['on-brand'], tokens.brand)).toBeGreaterThanOrEqual(4.5)
      }
    }),
    { numRuns: 500 },
  )
})

test('what is no background changes nothing, and nothing but colours gets into the rules', () => {
  for (const wrong of [null, '', 'red', '#fff', '}body{display:none', '#12345g']) {
    expect(surfaceRules(wrong, '#1f5eff')).toBe('')
  }
  expect(surfaceRules('#fff6e5', '</style>')).not.toContain('<')
})
