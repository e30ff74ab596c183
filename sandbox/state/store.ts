import type { Kind, Records } from './records'
import type { Row, Storage } from './storage'

type Entry = { seq: number; value: unknown }
type Change = { kind: Kind; id: string; before: Entry | undefined }

/**
 * All state, in memory, with every change written through to a storage. Work happens inside `transact`, which is
 * synchronous: nothing interleaves, and a throw undoes it. Values are replaced, never changed in place, so that
 * an event keeps the object as it was.
 */
export class Store {
  #kinds = new Map<Kind, Map<string, Entry>>()
  #storage: Storage
  #seq = 0
  #journal: Change[] | null = null
  #dirty = new Map<string, { kind: Kind; id: string }>()
  #writing: Promise<void> | null = null

  private constructor(storage: Storage) {
    this.#storage = storage
  }

  static async open(storage: Storage): Promise<Store> {
    const store = new Store(storage)
    for (const row of await storage.load()) {
      store.#map(row.kind as Kind).set(row.id, { seq: row.seq, value: JSON.parse(row.data ?? 'null') })
      store.#seq = Math.max(store.#seq, row.seq)
    }
    return store
  }

  #map(kind: Kind): Map<string, Entry> {
    const found = this.#kinds.get(kind)
    if (found) return found
    const made = new Map<string, Entry>()
    this.#kinds.set(kind, made)
    return made
  }

  get<K extends Kind>(kind: K, id: string): Records[K] | undefined {
    return this.#map(kind).get(id)?.value as Records[K] | undefined
  }

  /** Like `get`, for a record that exists by construction. */
  need<K extends Kind>(kind: K, id: string): Records[K] {
    const value = this.get(kind, id)
    if (!value) throw new Error(`${kind} ${id} is gone`)
    return value
  }

  /** Everything of a kind, newest first. */
  list<K extends Kind>(kind: K): Records[K][] {
    const values: unknown[] = []
    for (const entry of this.#map(kind).values()) values.push(entry.value)
    return values.reverse() as Records[K][]
  }

  count(kind: Kind): number {
    return this.#map(kind).size
  }

  put<K extends Kind>(kind: K, value: Records[K]): Records[K] {
    const map = this.#map(kind)
    const before = map.get(value.id)
    this.#note({ kind, id: value.id, before })
    this.#seq += before ? 0 : 1
    map.set(value.id, { seq: before?.seq ?? this.#seq, value })
    return value
  }

  /** Replaces some properties of a record that exists. */
  patch<K extends Kind>(kind: K, id: string, change: Partial<Records[K]>): Records[K] {
    return this.put(kind, { ...this.need(kind, id), ...change })
  }

  remove(kind: Kind, id: string): void {
    const before = this.#map(kind).get(id)
    if (!before) return
    this.#note({ kind, id, before })
    this.#map(kind).delete(id)
  }

  clear(): void {
    this.transact(() => {
      for (const [kind, map] of this.#kinds) for (const id of [...map.keys()]) this.remove(kind, id)
    })
  }

  #note(change: Change): void {
    if (!this.#journal) throw new Error('A change outside transact()')
    this.#journal.push(change)
  }

  /** Runs synchronous work as a whole: commits it, or undoes it and throws on. `keeps` lets an error commit. */
  transact<T>(work: () => T, keeps: (error: unknown) => boolean = () => false): T {
    if (this.#journal) return work()
    this.#journal = []
    try {
      const result = work()
      this.#commit(this.#journal)
      return result
    } catch (error) {
      if (keeps(error)) this.#commit(this.#journal)
      else this.#undo(this.#journal)
      throw error
    } finally {
      this.#journal = null
    }
  }

  #commit(journal: Change[]): void {
    for (const { kind, id } of journal) this.#dirty.set(`${kind} ${id}`, { kind, id })
  }

  #undo(journal: Change[]): void {
    for (const { kind, id, before } of journal.reverse()) {
      if (before) this.#map(kind).set(id, before)
      else this.#map(kind).delete(id)
    }
  }

  /** Resolves once everything committed so far is in the storage. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing
    if (this.#dirty.size === 0) return
    const taken = [...this.#dirty]
    const rows: Row[] = taken.map(([, { kind, id }]) => {
      const entry = this.#map(kind).get(id)
      return { kind, id, seq: entry?.seq ?? 0, data: entry ? JSON.stringify(entry.value) : null }
    })
    this.#dirty.clear()
    this.#writing = this.#storage.save(rows)
    try {
      await this.#writing
    } catch (error) {
      // Memory is ahead of the disk until the next flush succeeds.
      for (const [key, change] of taken) this.#dirty.set(key, change)
      throw error
    } finally {
      this.#writing = null
    }
  }

  async close(): Promise<void> {
    try {
      await this.flush()
    } finally {
      await this.#storage.close()
    }
  }
}
