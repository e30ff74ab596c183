/** A reason not to start that the person at the keyboard can mend: its message is shown alone, without a stack. */
export class StartError extends Error {}
