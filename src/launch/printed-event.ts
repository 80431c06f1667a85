/** A line of what `agon … --json` prints, read back; null for what is no object of JSON. */
export function printedEvent(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const event: unknown = JSON.parse(line)
    return event !== null && typeof event === 'object' ? (event as Record<string, unknown>) : null
  } catch {
    return null
  }
}
