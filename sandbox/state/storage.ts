/** One record on its way to or from disk; `data` is null when it was deleted. */
export type Row = { kind: string; id: string; seq: number; data: string | null }

/** Where records outlive the process. */
export type Storage = {
  load(): Promise<Row[]>
  /** All rows or none. */
  save(rows: Row[]): Promise<void>
  close(): Promise<void>
}

/** Keeps nothing: state lives as long as the process. */
export function memoryStorage(): Storage {
  return {
    load: () => Promise.resolve([]),
    save: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}
