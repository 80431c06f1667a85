/**
 * How deep arrays and objects stand inside each other in a JSON text, seen without reading it: what nests deeper than the stack
 * can be parsed, but never written again. A text that is no JSON gets some number.
 */
export function jsonNesting(text: string): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (quoted) {
      if (unit === BACKSLASH) i++
      else if (unit === QUOTE) quoted = false
    } else if (unit === QUOTE) quoted = true
    else if (unit === OPEN_BRACKET || unit === OPEN_BRACE) deepest = Math.max(deepest, ++depth)
    else if (unit === CLOSE_BRACKET || unit === CLOSE_BRACE) depth--
  }
  return deepest
}

/** More than any state has; the stack of whoever writes it again has room for many times as much. */
export const DEEPEST_JSON = 200

const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d]
