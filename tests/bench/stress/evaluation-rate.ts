import type { BenchRow } from '../row.ts'
import { adversaryTime } from './adversary-time.ts'
import { footballGames, SLOT } from './football-games.ts'

/** Games of one evaluation: as many against a reference as of self-play. */
const GAMES = 8

/**
 * Evaluations of MADRID an hour, by the threads of the frozen student, where nobody scores: 129 steps of four games against the built-in AI
 * and four of self-play, a policy of TiZero's size. And where the time of one thread goes.
 */
export async function benchEvaluationRate(brief: boolean): Promise<BenchRow[]> {
  const [lanes, steps] = brief ? [8, 4] : [32, 129]
  const rows: BenchRow[] = []
  for (const workers of [1, 2]) {
    const { student, tasks } = await footballGames(lanes, steps, workers, (lane) => lane % 2 === 0)
    const { timings } = await student.attempt({
      ...{ cycle: 1, slot: SLOT, tasks, autoReset: 'none', probes: [] },
    })
    await student.close()
    const hours = (timings.attempt_ms / 3.6e6) * (129 / steps)
    rows.push({
      name: `evaluations of MADRID on ${workers === 1 ? 'one core' : 'two cores'}`,
      ...{ unit: '/h', value: lanes / GAMES / hours },
    })
    if (workers > 1) continue
    const share = (ms: number): number => (100 * ms) / timings.attempt_thread_ms
    const [inference, simulation] = [share(timings.act_ort_ms), share(timings.env_ms)]
    const evaluation = (timings.attempt_ms * (129 / steps)) / (lanes / GAMES)
    rows.push(
      {
        name: 'archive and emitters, beside an evaluation',
        ...{ unit: '%', value: (100 * (await adversaryTime(brief))) / evaluation, limit: 2 },
      },
      { name: 'of the student’s time: inference', unit: '%', value: inference },
      { name: 'simulation and encoding', unit: '%', value: simulation },
      { name: 'all else', unit: '%', value: 100 - inference - simulation },
    )
  }
  return rows
}
