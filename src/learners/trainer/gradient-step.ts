import { type Tensor, tensor } from '../../core/tensor.ts'
import { openSession } from '../../inference/session.ts'
import type { Session } from '../../inference/session-contract.ts'
import type { GradientReport, Objective, ShardSize, SharedModel } from './contract.ts'
import { BUFFERS, gradientOnnx, PARAMETERS } from './gradient-graph.ts'

/** Inputs of an objective by name, in ordinary memory: the engine refuses shared memory. */
export type Feeds = Readonly<Record<string, Tensor>>

/**
 * Computes the gradient of one shard into `model.gradients[shard]`. `load` fills the feeds, which keep what an earlier
 * shard of the same size left in them.
 */
export type GradientStep = (
  shard: number,
  size: ShardSize,
  load: (feeds: Feeds) => void,
) => Promise<GradientReport>

interface Compiled {
  readonly session: Session
  readonly feeds: Feeds
  readonly outputs: Readonly<Record<'gradient' | 'terms', Tensor<'float32'>>> & {
    readonly sums?: Tensor<'float32'>
  }
}

/** One graph per size of shard, kept. */
export function createGradientStep(objective: Objective, model: SharedModel): GradientStep {
  const compiled = new Map<string, Promise<Compiled>>()
  return async (shard, size, load) => {
    const key = `${size.steps}×${size.columns}`
    const ready = compiled.get(key) ?? compile(objective, size)
    compiled.set(key, ready)
    const { session, feeds, outputs } = await ready
    load(feeds)
    ;(feeds[PARAMETERS].data as Float32Array).set(model.parameters.data)
    if (BUFFERS in feeds) (feeds[BUFFERS].data as Float32Array).set(model.buffers.data)
    const busy = session.busyMs
    await session.run(feeds, outputs)
    model.gradients[shard].data.set(outputs.gradient.data)
    return {
      terms: [...outputs.terms.data],
      sums: [...(outputs.sums?.data ?? [])],
      ortMs: session.busyMs - busy,
    }
  }
}

async function compile(objective: Objective, size: ShardSize): Promise<Compiled> {
  const name = `gradient ${size.steps}×${size.columns}`
  const session = await openSession(gradientOnnx(objective, size), {
    name,
    ...(objective.large === true ? { memoryPlan: false } : {}),
  })
  const { layout, buffers } = objective
  const feeds: Record<string, Tensor> = { [PARAMETERS]: tensor('float32', [layout.size]) }
  if (buffers !== undefined) feeds[BUFFERS] = tensor('float32', [buffers.size])
  for (const [input, { dtype, shape }] of Object.entries(objective.inputs(size)))
    feeds[input] = tensor(dtype, shape)
  const read = Object.fromEntries(
    Object.entries(feeds).filter(([input]) => session.inputs.some((each) => each.name === input)),
  )
  const sums = session.outputs.find((each) => each.name === 'sums')
  return {
    session,
    feeds: read,
    outputs: {
      gradient: tensor('float32', [layout.size]),
      terms: tensor('float32', [objective.terms.length]),
      ...(sums === undefined ? {} : { sums: tensor('float32', sums.shape as number[]) }),
    },
  }
}
