/** A reason not to start that the person at the keyboard can mend: its message is shown alone, without a stack. */
export class StartError extends Error {}

/** Says on standard error why something could not be done. */
export function report(error: unknown): void {
  console.error(error instanceof StartError ? error.message : error)
}
