import { closeSync } from 'node:fs'
import { isatty } from 'node:tty'

const STANDARD = [0, 1, 2] as const

/**
 * At its end Node puts the terminal back as it was, and aborts where the terminal is gone. So what is no terminal any more
 * is closed before, and the process ends with its own code.
 * @param onExit calls at the very end of the process
 */
export function endWithoutTerminal(onExit: (work: () => void) => void): void {
  const terminals = STANDARD.filter((descriptor) => isatty(descriptor))
  onExit(() => {
    for (const descriptor of terminals) if (!isatty(descriptor)) closeSync(descriptor)
  })
}
