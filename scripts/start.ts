import { runHouse } from './house'

await runHouse({ run: 'start' })
