/** Leads to the first field that something is wrong with. */
export function focusFirstProblem(): void {
  document.querySelector<HTMLElement>('form[data-total] [aria-invalid="true"]')?.focus()
}
