type Attributes = Record<string, string | number | boolean | null | undefined>
type Child = Node | string | null | undefined | false

/** Makes an element. `true` sets an empty attribute; null, undefined and false leave it out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue
    node.setAttribute(name, value === true ? '' : String(value))
  }
  node.append(...children.filter((child): child is Node | string => Boolean(child)))
  return node
}

/** Puts values into a translated sentence: `fill('Hello {name}', { name })`. */
export function fill(sentence: string, values: Record<string, string>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}
