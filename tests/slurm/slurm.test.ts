import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { type Cluster, startCluster, whyNoCluster } from './cluster.ts'

const why = whyNoCluster()
const CONFIG = new URL('../fixtures/tiny-plr.yaml', import.meta.url).pathname

describe.skipIf(why !== null)(`a real Slurm${why === null ? '' : `: skipped, ${why}`}`, () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster()
  }, 120_000)
  afterAll(() => cluster?.stop())

  it('runs a hub', async () => {
    const out = join(cluster.folder, 'run')
    const { code, events, stderr } = await agon(
      ['run', CONFIG, '--out', out, '--on', 'slurm'],
      undefined,
      cluster.env,
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const job = String(events[0].job)
    try {
      await cluster.until('the job has ended', () =>
        ['COMPLETED', 'FAILED'].includes(cluster.state(job)),
      )
    } finally {
      console.log(readFileSync(join(out, 'slurm', `job-${job}.log`), 'utf8'))
    }
    expect(cluster.state(job)).toBe('COMPLETED')
  })
})
