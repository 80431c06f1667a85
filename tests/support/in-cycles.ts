import type { ChildProcess } from 'node:child_process'

/** For `agon(args, onEvent)`: acts once in each of these cycles, when its event comes for the first time. */
export function inCycles(
  cycles: readonly number[],
  act: (child: ChildProcess) => void,
): (event: Record<string, unknown>, child: ChildProcess) => void {
  const isDue = firstOf(cycles)
  return (event, child) => {
    if (isDue(event)) act(child)
  }
}

/** The same for `jsonHere`, whose command has no process of its own. */
export function inCyclesHere(
  cycles: readonly number[],
  act: () => void,
): (event: Record<string, unknown>) => void {
  const isDue = firstOf(cycles)
  return (event) => {
    if (isDue(event)) act()
  }
}

function firstOf(cycles: readonly number[]): (event: Record<string, unknown>) => boolean {
  const due = new Set(cycles)
  return ({ kind, spent }) => {
    const { cycles } = (spent ?? {}) as { cycles?: number }
    return kind === 'cycle' && cycles !== undefined && due.delete(cycles)
  }
}
