import type { ChildProcess } from 'node:child_process'

/** For `agon(args, onEvent)`: acts once in each of these cycles, when its event comes for the first time. */
export function inCycles(
  cycles: readonly number[],
  act: (child: ChildProcess) => void,
): (event: Record<string, unknown>, child: ChildProcess) => void {
  const due = new Set(cycles)
  return (event, child) => {
    const { cycles } = (event.spent ?? {}) as { cycles?: number }
    if (event.kind === 'cycle' && cycles !== undefined && due.delete(cycles)) act(child)
  }
}
