import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { type Cluster, startCluster, whyNoCluster } from './cluster.ts'
import { bitsOf, processesOf, submit } from './job.ts'
import { makeNetwork, type Network, whyNoNetwork } from './network.ts'

const why = whyNoCluster() ?? whyNoNetwork()
const CONFIG = fileURLToPath(new URL('../fixtures/tiny-plr.yaml', import.meta.url))
const COMMON = ['workers=1', 'tensorboard=false', 'hub.heartbeatMs=500', 'hub.resumeSeconds=2']

describe.skipIf(why !== null)(
  `hosts with links of their own${why === null ? '' : `: skipped, ${why}`}`,
  () => {
    let network: Network
    let cluster: Cluster
    // A cluster for each case: this Slurm keeps cores of a job that was shrunk on the books of the host it lost.
    beforeEach(async () => {
      network = makeNetwork(3)
      cluster = await startCluster(network.hosts, network.controller)
    }, 180_000)
    afterEach(() => {
      cluster?.stop()
      network?.remove()
    })
    const localRun = async (
      name: string,
      set: readonly string[],
    ): Promise<Record<string, string>> => {
      const run = join(cluster.folder, name)
      const { code } = await agon([
        'run',
        CONFIG,
        '--out',
        run,
        ...set.flatMap((one) => ['--set', one]),
      ])
      expect(code).toBe(0)
      return bitsOf(run)
    }
    // Of the whole list: asked for one host alone, sinfo calls it "mixed" for those cores.
    const missed = (host: string): boolean =>
      new RegExp(`down\\S*\\s+${host}$`, 'm').test(cluster.client('sinfo'))

    it('goes on with the bits of the local run on the hosts that are left when a link is cut', async () => {
      const set = [...COMMON, 'budget.cycles=900']
      const local = await localRun('local-900', set)
      const job = await submit(cluster, 'cut', CONFIG, [
        ...set,
        'placement={ student: "node:any", evaluator: "node:any" }',
        'slurm={ nodes: { any: { count: 3, cpus: 2, places: 1 } } }',
      ])
      await cluster.until('some cycles are done', () => job.cycles() >= 30)
      // The hub is on the first host, so one of the two is elsewhere; the third host has a place to spare.
      const actor = ['student/agent', 'evaluator'].find((one) => job.hostOf('any', one) !== 'n1')!
      const host = job.hostOf('any', actor)
      network.link(host, 'down')
      await cluster.until(`${actor} is made elsewhere`, () => job.hostOf('any', actor) !== host)
      await cluster.until('Slurm has missed the host', () => missed(host), 120)
      expect(cluster.state(job.id)).toBe('RUNNING')
      const before = job.cycles()
      await cluster.until('more cycles are done', () => job.cycles() > before)
      await job.ended('COMPLETED', 300)
      expect(job.log()).not.toContain('start 2')
      expect(bitsOf(job.run)).toEqual(local)
    })

    it('is queued anew by its nodes when the host of the hub is lost, and goes on on others', async () => {
      const set = [...COMMON, 'budget.cycles=400']
      const local = await localRun('local-hub', set)
      const job = await submit(cluster, 'hub', CONFIG, [
        ...set,
        'placement={ student: "node:any", evaluator: "node:any" }',
        'slurm={ nodes: { any: { count: 2, cpus: 2 } } }',
      ])
      await cluster.until('some cycles are done', () => job.cycles() >= 8)
      network.link('n1', 'down')
      // The plug is pulled: nothing of that host goes on.
      for (const pid of processesOf('n1')) process.kill(pid, 'SIGKILL')
      await cluster.until('the job waits', () => cluster.state(job.id) === 'PENDING', 240)
      await new Promise((resolve) => setTimeout(resolve, 5000))
      cluster.client('scontrol', 'update', `JobId=${job.id}`, 'StartTime=now')
      await job.ended('COMPLETED', 300)
      expect(job.log()).toContain('start 2')
      expect(bitsOf(job.run)).toEqual(local)
    })

    it('queues a heterogeneous job anew when one of its hosts is lost, and goes on on others', async () => {
      const set = [...COMMON, 'budget.cycles=400']
      const local = await localRun('local-400', set)
      const job = await submit(cluster, 'only', CONFIG, [
        ...set,
        'placement={ student: "node:gpu" }',
        'slurm={ hub: {}, nodes: { gpu: { cpus: 2 } } }',
      ])
      await cluster.until('some cycles are done', () => job.cycles() >= 8)
      const host = job.hostOf('gpu', 'student/agent')
      network.link(host, 'down')
      await cluster.until('the job waits', () => cluster.state(job.id) === 'PENDING', 180)
      network.link(host, 'up')
      await new Promise((resolve) => setTimeout(resolve, 5000))
      cluster.client('scontrol', 'update', `JobId=${job.id}`, 'StartTime=now')
      await job.ended('COMPLETED', 300)
      expect(job.log()).toContain('start 2')
      expect(bitsOf(job.run)).toEqual(local)
    })
  },
)
