import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

// Seen from build/tests/bench.
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const CLI = join(ROOT, 'dist/cli/agon.js')

export interface Told {
  readonly kind: string
  readonly at: number
  /** Of a cycle. */
  readonly metrics?: Readonly<Record<string, number>>
  readonly timings?: Readonly<Record<string, number>>
}

/** Runs `agon run` on a recipe and gives its events with the milliseconds since the process was started. */
export async function agonRun(
  recipe: string,
  out: string,
  args: readonly string[],
  onEvent: (event: Told, child: ChildProcess) => void = () => {},
): Promise<Told[]> {
  const start = performance.now()
  const path = join(ROOT, 'recipes', `${recipe}.yaml`)
  const child = spawn(
    process.execPath,
    [CLI, 'run', path, '--out', out, '--json', ...args.flatMap((arg) => ['--set', arg])],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const events: Told[] = []
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    const event = { ...JSON.parse(line), at: performance.now() - start } as Told
    events.push(event)
    onEvent(event, child)
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`agon run ended with ${code}`)
  return events
}

/** Milliseconds of the fastest cycle after the first. */
export function fastestCycle(events: readonly Told[], warmUp: number): number {
  const cycles = events.filter((event) => event.kind === 'cycle').slice(warmUp)
  return Math.min(...cycles.map((event) => event.timings?.cycle_ms ?? Number.NaN))
}
