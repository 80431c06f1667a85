import { AgonError } from '../../core/errors.ts'
import type { Json } from '../../core/snapshot.ts'
import type { LevelSpace } from '../../envs/contract.ts'
import type { Metrics } from '../../learners/contract.ts'
import type { Answer } from '../../services/contract.ts'
import type { Request } from '../contract.ts'

/** What an adversary asks a builder in a cycle: levels before, and afterwards to learn what they were worth. */
export const BUILD = 'build'
export const LEARN = 'learn'

export const buildRequest = (service: string, build: number, count: number): Request => ({
  ...{ key: BUILD, service },
  payload: { build, count },
})

export const learnRequest = (
  service: string,
  learn: number,
  regrets: readonly number[],
): Request => ({ ...{ key: LEARN, service }, payload: { learn, regrets } })

/** @throws AgonError `builder/answer` for fewer or more levels than were asked for, or such as cannot be attempted */
export function builtLevels<L>(space: LevelSpace<L>, { payload }: Answer, count: number): L[] {
  const levels = field(payload, 'levels')
  if (!Array.isArray(levels) || levels.length !== count)
    throw fault(
      `it gave ${Array.isArray(levels) ? levels.length : 'no'} levels, ${count} were asked for`,
    )
  return levels.map((text: Json, i) => {
    const level = space.decode(Uint8Array.from(Buffer.from(String(text), 'base64')))
    const reason = space.validate(level)
    if (reason !== null) throw fault(`its level ${i} cannot be attempted: ${reason}`)
    return level
  })
}

/** The builder's own curve, as `builder_<name>`. */
export function builderMetrics({ payload }: Answer): Metrics {
  const metrics = field(payload, 'metrics')
  if (typeof metrics !== 'object' || metrics === null) return {}
  return Object.fromEntries(
    Object.entries(metrics).flatMap(([name, value]) =>
      typeof value === 'number' ? [[`builder_${name}`, value]] : [],
    ),
  )
}

const field = (payload: Json, name: string): Json | undefined =>
  typeof payload === 'object' && payload !== null && !Array.isArray(payload)
    ? (payload as Readonly<Record<string, Json>>)[name]
    : undefined

const fault = (message: string): AgonError =>
  new AgonError('builder/answer', `the builder's answer is no build: ${message}`)
