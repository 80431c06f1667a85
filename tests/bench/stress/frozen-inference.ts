import { openBareSession } from '../inference/bare-session.ts'
import type { BenchRow } from '../row.ts'
import { footballGames, SIZED, SLOT } from './football-games.ts'

/** The best of so many, each after the other: what disturbs one disturbs both. */
const ROUNDS = 4

/**
 * What a frozen student's acting costs beside the session alone with as many rows: football of eleven a side, a policy of
 * TiZero's size in both teams.
 */
export async function benchFrozenInference(brief: boolean): Promise<BenchRow[]> {
  const [lanes, steps] = brief ? [2, 4] : [32, 24]
  const { student, agents, tasks } = await footballGames(lanes, steps, 1)
  const rows = lanes * agents
  const bare = await openBareSession(SIZED.onnx)
  const best = { acting: Number.POSITIVE_INFINITY, bare: Number.POSITIVE_INFINITY }
  for (let round = 0; round <= ROUNDS; round++) {
    const { timings } = await student.attempt({
      ...{ cycle: round, slot: SLOT, tasks, autoReset: 'none', probes: [] },
    })
    const before = performance.now()
    // The value after the last step is acted for as well.
    for (let t = 0; t <= steps; t++) await bare(rows)
    if (round === 0) continue
    best.bare = Math.min(best.bare, performance.now() - before)
    best.acting = Math.min(best.acting, timings.act_ort_ms)
  }
  await student.close()
  return [
    {
      name: `acting in football’s seats over the bare session, ${rows} players`,
      ...{ unit: '×', value: best.acting / best.bare },
      ...(brief ? {} : { limit: 1.15 }),
    },
  ]
}
