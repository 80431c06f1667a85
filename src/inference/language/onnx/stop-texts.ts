/** Where an answer ends for a stop text in it, or −1. The first of them wins. */
export function stopAt(text: string, stops: readonly string[]): number {
  const found = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0)
  return found.length === 0 ? -1 : Math.min(...found)
}

/** How much of an unfinished answer can be told already: what may become the beginning of a stop text is kept back. */
export function safeLength(text: string, stops: readonly string[]): number {
  let safe = text.length
  for (const stop of stops)
    for (let length = Math.min(stop.length - 1, text.length); length > 0; length--)
      if (text.endsWith(stop.slice(0, length))) {
        safe = Math.min(safe, text.length - length)
        break
      }
  return safe
}
