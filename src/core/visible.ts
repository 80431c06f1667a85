/**
 * What has no shape of its own and yet does something: control characters, line and paragraph separators, marks that
 * turn the direction of writing or join letters, surrogates without their other half.
 */
const SHAPELESS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * Text of others as one line that can neither steer a screen nor look like another text: `\n`, `\x1b`, `\u202e` stand for
 * what has no shape. Text that was made visible stays as it is.
 */
export const visible = (text: string): string => text.replace(SHAPELESS, escaped)

function escaped(found: string): string {
  const code = found.codePointAt(0) ?? 0
  if (found in SHORT) return SHORT[found]
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
}

/** JSON of which every character has a shape; it means the same. */
export const visibleJson = (json: string): string =>
  json.replace(SHAPELESS, (found) =>
    found
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
