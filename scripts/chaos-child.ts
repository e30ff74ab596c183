import { pathToFileURL } from 'node:url'
import type { ChaosModule, ChaosScale } from '@/tests/support/chaos'

// Whoever asked has gone: what this process started follows it.
process.on('disconnect', () => process.exit(1))

const [file = '', seed = '', scale = ''] = process.argv.slice(2)
const test = (await import(pathToFileURL(file).href)) as ChaosModule
const result = await test.run({ seed: Number(seed), scale: scale as ChaosScale })
process.send?.(result, () => process.exit(0))
