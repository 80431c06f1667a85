import { describe, expect, it } from 'vitest'
import type { Environment } from '../../../envs/contract.ts'
import { environment as pads } from '../../../envs/fixtures/pads.ts'
import type { EvaluationRequest } from '../../../evaluation/contract.ts'
import { sealedEpisodes, sealedReport } from '../../../evaluation/sealed.ts'
import { agon } from '../../../wire/index.ts'
import { decodeMeasured, encodeMeasured, type Sealing } from './measuring.ts'

// A recording of several choices, or of real numbers, crosses the wire and is compared with what was asked and done.

const several = pads.create({}) as Environment<unknown>
const reals: Environment<unknown> = {
  ...several,
  spec: {
    ...several.spec,
    actions: { kind: 'box', shape: [2], low: [-1, 0], high: [0.1, 1] },
  },
}
const request = { suite: 'random:1', episodes: 1, seed: 3, record: 1 } as EvaluationRequest
const [{ level }] = sealedEpisodes(several, request)

function crossed(environment: Environment<unknown>, actions: readonly number[], length = 2) {
  const sealing = {
    report: (_: unknown, results: Parameters<typeof sealedReport>[2], sha256: string) =>
      sealedReport(environment, request, results, sha256),
  } as unknown as Sealing
  const results = { returns: [0.5], lengths: [length], recordings: [{ pair: 0, level, actions }] }
  const asked = new Map([['a', { type: 'measure', key: 'a', policy: null, request } as const]])
  // As an evaluator writes it, whatever it recorded: the report of what is wrong is never made.
  const right = { ...results, recordings: [] }
  const report = sealedReport(environment, request, right, '')
  const recording = { name: report.levels[0].name, level, actions, return: 0.5, solved: false }
  const bytes = agon.v1.Measured.encode(
    encodeMeasured({
      type: 'measured',
      key: 'a',
      report: { ...report, recordings: [recording as never] },
    }) as agon.v1.Measured,
  ).finish()
  const wire = agon.v1.Measured.decode(bytes)
  return { wire, measured: () => decodeMeasured(wire, asked, sealing) }
}

describe('recordings over the wire', () => {
  it('are choices, components side by side', () => {
    const { wire, measured } = crossed(several, [2, 1, 0, 0])
    expect([wire.recordings[0].actions, wire.recordings[0].values]).toEqual([[2, 1, 0, 0], []])
    expect(measured().report.recordings[0].actions).toEqual([2, 1, 0, 0])
  })

  it('are real numbers, bit for bit', () => {
    const actions = [Math.fround(0.1), 0, -1, Math.fround(0.3)]
    const { wire, measured } = crossed(reals, actions)
    expect([wire.recordings[0].actions, wire.recordings[0].values]).toEqual([[], actions])
    expect(measured().report.recordings[0].actions).toEqual(actions)
    // Where all of them happen to be whole.
    expect(crossed(reals, [0, 1, 0, 0]).measured().report.recordings[0].actions).toEqual([
      0, 1, 0, 0,
    ])
  })

  it('are refused where they are not what was played', () => {
    for (const [environment, actions, words] of [
      [several, [2, 1], /2 numbers, and the episode 2 steps of 2/],
      [several, [2, 1, 0, 2], /action 2 as component 1, there are 0 to 1/],
      [several, [2, 1, 0, 0.5], /0.5, which is no whole number/],
      [reals, [0, 0, 0.2, 0], /which goes from -1 to 0.1/],
      [reals, [0, 0, Number.NaN, 0], /action NaN as component 0/],
    ] as const)
      expect(() => crossed(environment, actions).measured()).toThrow(
        expect.objectContaining({
          code: 'evaluator/episodes',
          message: expect.stringMatching(words),
        }),
      )
  })
})
