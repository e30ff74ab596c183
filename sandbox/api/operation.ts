import type { Raw } from '../http/form'
import { type Params, readParams } from '../http/params'
import type { World } from '../world'

/** One operation of /v1. `prepare` checks the parameters and hands back the work. */
export type Operation = {
  /** For instance `checkout.sessions.create`; faults name it. */
  name: string
  method: 'GET' | 'POST' | 'DELETE'
  /** With `:id` for the one value it may hold. */
  path: string
  prepare(world: World, raw: { [name: string]: Raw }, id: string): () => object
}

type Definition<T> = Omit<Operation, 'prepare'> & {
  params: Params<T>
  /** What the schema cannot say; like the schema, it refuses before anything is stored under a key. */
  check?: (params: T) => void
  run: (world: World, params: T, id: string) => object
}

export function operation<T>({ params, check, run, ...rest }: Definition<T>): Operation {
  return {
    ...rest,
    prepare(world, raw, id) {
      const read = readParams(params, raw)
      check?.(read)
      return () => run(world, read, id)
    },
  }
}
