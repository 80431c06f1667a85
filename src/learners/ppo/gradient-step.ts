import type { EnvironmentSpec } from '../../envs/contract.ts'
import { openSession, type Session } from '../../inference/session.ts'
import type { Network } from '../nets/index.ts'
import { createGradientFeeds, type GradientFeeds, loadGradientFeeds } from './gradient-feeds.ts'
import { gradientOnnx } from './gradient-graph.ts'
import type { GradientJob, GradientReport, SharedModel } from './learner-jobs.ts'
import { LOSS_TERMS, type LossRule } from './loss.ts'
import type { Trajectory } from './trajectory.ts'

/** Computes a shard's gradient; one graph per number of columns, kept. */
export type GradientStep = (trajectory: Trajectory, job: GradientJob) => Promise<GradientReport>

export function createGradientStep(
  spec: EnvironmentSpec,
  network: Network,
  rule: LossRule,
  model: SharedModel,
): GradientStep {
  const compiled = new Map<string, Promise<{ session: Session; feeds: GradientFeeds }>>()
  const compile = async (steps: number, columns: number) => ({
    session: await openSession(gradientOnnx(spec, network, rule, steps, columns), {
      name: `gradient ${steps}×${columns}`,
    }),
    feeds: createGradientFeeds(spec, network, steps, columns, LOSS_TERMS.length),
  })
  return async (trajectory, job) => {
    const { shard, columns } = job
    const key = `${trajectory.steps}×${columns.length}`
    const ready = compiled.get(key) ?? compile(trajectory.steps, columns.length)
    compiled.set(key, ready)
    const { session, feeds } = await ready
    loadGradientFeeds(feeds, trajectory, job)
    ;(feeds.inputs['batch/parameters'].data as Float32Array).set(model.parameters.data)
    const busy = session.busyMs
    await session.run(feeds.inputs, feeds.outputs)
    model.gradients[shard].data.set(feeds.outputs.gradient.data)
    return { terms: [...feeds.outputs.terms.data], ortMs: session.busyMs - busy }
  }
}
