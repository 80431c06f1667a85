import { visible, visibleJson } from '../../core/visible.ts'

/** Finished HTML. Everything else that goes into {@link html} is text and gets escaped. */
export interface Markup {
  readonly markup: string
}

type Part = string | number | Markup | readonly Markup[] | null

/** A template whose values are escaped unless they are markup already; null leaves nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = strings[0]
  parts.forEach((part, index) => {
    markup += render(part) + strings[index + 1]
  })
  return { markup }
}

/** Text that is HTML, SVG, CSS or a script of our own making. */
export const raw = (markup: string): Markup => ({ markup })

/** Data for a script: nothing in it can close the element it stands in, or end a line of it. */
export function jsonScript(id: string, data: unknown): Markup {
  const json = visibleJson(JSON.stringify(data)).replaceAll('<', '\\u003c')
  return html`<script type="application/json" id="${id}">${raw(json)}</script>`
}

function render(part: Part): string {
  if (part === null) return ''
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return escapeText(part)
  if ('markup' in part) return part.markup
  return part.map(({ markup }) => markup).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Lines and tabs stay, for texts that are shown as they stand in a file. */
const escapeText = (text: string): string =>
  text.replace(/[^\n\t]+/g, visible).replace(/[&<>"']/g, (found) => ENTITIES[found])
