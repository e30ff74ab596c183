import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contrast, readableAccent } from '@/components/checkout/accent'

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
