import { createHash } from 'node:crypto'
import { html, jsonScript, type Markup, raw } from './html.ts'

export interface PageParts {
  readonly title: string
  readonly style: string
  readonly body: Markup
  /** What the scripts read from the element `agon-data`. */
  readonly data: unknown
  /** One script in pieces: they share their names. */
  readonly scripts: readonly string[]
}

/**
 * A page of Agon: one HTML file that loads nothing. Its policy lets the page's own style and script through by their
 * hashes, and pictures that stand in the page; names and drawings of others can neither run nor call anybody.
 */
export function pageDocument({ title, style, body, data, scripts }: PageParts): string {
  const script = scripts.join('\n')
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(contentPolicy(style, script))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(style)}</style>
</head>
<body>
${body}
${jsonScript('agon-data', data)}
<script>${raw(script)}</script>
</body>
</html>
`
  return markup
}

/** No markup may be made of text either, not even by the page's own script. */
function contentPolicy(style: string, script: string): string {
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`
