import axe from 'axe-core'

/** Names of the accessibility rules a piece of page breaks; jsdom has no layout, so contrast is judged in the browser tests. */
export async function axeViolations(element: Element): Promise<string[]> {
  const results = await axe.run(element, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  return results.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`)
}
