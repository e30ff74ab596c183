import { accessSync, constants, mkdirSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { root } from './build-state'
import { StartError } from './start-error'

/** Where a trial keeps its database and secrets: DATA_DIR, else `.data`. */
export function dataDirectory(): string {
  const folder = process.env.DATA_DIR || '.data'
  return isAbsolute(folder) ? folder : join(root, folder)
}

/**
 * Makes a folder, or makes sure that this user may write to it.
 * @param options.cure what else to do if not
 * @param options.mode of a folder that is made; nobody else enters it unless told otherwise
 * @throws StartError
 */
export function makeWritable(
  directory: string,
  { cure = 'set DATA_DIR to another folder', mode = 0o700 } = {},
): void {
  try {
    mkdirSync(directory, { recursive: true, mode })
    accessSync(directory, constants.W_OK | constants.X_OK)
  } catch {
    throw new StartError(
      `${directory} cannot be written by this user: start as the user who made it, give it to this one, or ${cure}.`,
    )
  }
}
