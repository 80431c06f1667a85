import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cluster, localHosts, startCluster, whyNoCluster } from './cluster.ts'
import { submit } from './job.ts'

const why = whyNoCluster()
const CONFIG = fileURLToPath(new URL('../fixtures/tiny-plr.yaml', import.meta.url))

describe.skipIf(why !== null)(`a real Slurm${why === null ? '' : `: skipped, ${why}`}`, () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster(await localHosts(2))
  }, 180_000)
  afterAll(() => cluster?.stop())

  // Its limits are whole minutes. The same signal by hand, and what follows it, are in `npm test`.
  it('makes a cut at the signal that sbatch --signal chooses before the limit, and goes back into the queue', async () => {
    const env = { ...cluster.env, SBATCH_SIGNAL: 'B:USR1@45' }
    const job = await submit({ ...cluster, env }, 'limit', CONFIG, [
      'budget.cycles=100000',
      'evaluation.every=0',
      'workers=1',
      'tensorboard=false',
      'slurm={ time: 2, hub: {} }',
    ])
    const back = /the hub ended with 3\n[\s\S]*back into the queue: told to stop\n/
    await cluster.until('it is cut and goes back', () => back.test(job.log()), 120)
    await cluster.until('the job waits', () => cluster.state(job.id) === 'PENDING')
    cluster.client('scancel', job.id)
    expect(job.cuts().at(-1)).toBe(job.cycles())
    expect(job.journal().every(({ epoch }) => epoch <= 1)).toBe(true)
  })
})
