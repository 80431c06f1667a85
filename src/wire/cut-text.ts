/** Bytes of a text in a protobuf message. */
export const utf8Size = (text: string): number => Buffer.byteLength(text)

/** Bytes of a text in `grpc-message`, where all but plain ASCII takes three for each of its own. */
export const headerSize = (text: string): number => encodeURI(text).length

/**
 * A text that takes at most `most` bytes: itself where it fits; else its first lines, or its beginning where not even the first
 * line fits, with how much was left out. Half a character, which no encoding can carry, is replaced.
 * @param most at least a hundred
 */
export function cutText(text: string, most: number, size: (text: string) => number): string {
  const whole = Buffer.from(text).toString()
  // A character takes a byte and more: what is far too long is not measured.
  if (whole.length <= most && size(whole) <= most) return whole
  const lines = whole.trimEnd().split('\n')
  const kept = linesThatFit(lines, most - size('\n  … and 4294967295 more lines'), size)
  if (kept > 0)
    return `${lines.slice(0, kept).join('\n')}\n  … and ${lines.length - kept} more lines`
  let end = most
  for (;;) {
    const cut = `${beginning(whole, end)}… (${whole.length - end} more characters)`
    const taken = size(cut)
    if (taken <= most) return cut
    end = Math.floor(end * Math.min(0.95, most / taken))
  }
}

function linesThatFit(
  lines: readonly string[],
  most: number,
  size: (text: string) => number,
): number {
  let taken = 0
  for (let i = 0; i < lines.length; i++) {
    taken += lines[i].length > most ? Number.POSITIVE_INFINITY : size(`${lines[i]}\n`)
    if (taken > most) return i
  }
  return lines.length
}

/** At most `end` units, and no half of a pair at the end. */
function beginning(text: string, end: number): string {
  const code = text.charCodeAt(end - 1)
  return text.slice(0, code >= 0xd800 && code < 0xdc00 ? end - 1 : end)
}
