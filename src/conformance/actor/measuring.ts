import { encodeMeasure } from '../../actors/roles/wire/measuring.ts'
import type { EnvironmentRef } from '../../envs/contract.ts'
import { Mismatch, must } from '../../envs/remote/conformance/check.ts'
import { type SealedEpisode, sealedEpisodes } from '../../evaluation/sealed.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import { agon } from '../../wire/index.ts'
import { type Question, saying } from '../scripted-hub/saying.ts'
import type { Setting } from './part.ts'

const { Kind } = agon.v1
const REQUEST = { suite: 'random:4', episodes: 2, seed: 5 }

/** A measurement, and what has to come of it. */
export interface Asked {
  readonly key: string
  readonly question: Question & { readonly padded?: boolean }
  readonly episodes: readonly SealedEpisode[]
  readonly sent: string
  readonly setting: Setting
}

/** Eight sealed episodes, to be played with `policy`, or by a student with what it has learnt. */
export function measuring(
  setting: Setting,
  key: string,
  policy: PolicyFile | null,
  pad = 0,
): Asked {
  const episodes = sealedEpisodes(setting.environment, REQUEST)
  const environment: EnvironmentRef = setting.ref
  const message = encodeMeasure(
    { type: 'measure', key, policy, request: { ...REQUEST, environment } },
    {
      episodes: () => episodes,
      environment: () => setting.handle,
      report: () => {
        throw new Error('a report is nothing that is asked')
      },
    },
  )
  // Blanks after a JSON object mean nothing.
  const padded = { ...message, requestJson: (message.requestJson ?? '') + ' '.repeat(pad) }
  const sent = `MEASURE of ${episodes.length} episodes under the key '${key}'`
  const body = agon.v1.Measure.encode(padded).finish()
  const ask = { ...saying(Kind.KIND_MEASURE), correlation: key, body, text: sent }
  return {
    ...{ key, episodes, sent, setting },
    question: { sayings: [ask], answers: [Kind.KIND_MEASURED], padded: pad > 0 },
  }
}

/** @throws Mismatch */
export function checkMeasured(
  { key, episodes, sent, setting }: Asked,
  body: Uint8Array,
  correlation: string,
  sha256: string,
): void {
  const measured = agon.v1.Measured.decode(body)
  must(measured.key === key, sent, `key = '${key}'`, measured.key)
  must(correlation === key, sent, `correlation = '${key}'`, correlation)
  const count = measured.results.length
  must(count === episodes.length, sent, `${episodes.length} results, in order`, count)
  const [low, high] = setting.environment.returnRange ?? [-Infinity, Infinity]
  measured.results.forEach(({ return: total, length }, i) => {
    const bounded = Number.isFinite(total) && total >= low && total <= high
    if (!bounded)
      throw new Mismatch(sent, `a return from ${low} to ${high} in episode ${i}`, String(total))
    must(length >= 1, sent, `a length of at least 1 in episode ${i}`, length)
  })
  const wanted = sha256 === '' ? 'an empty policy_sha256' : `policy_sha256 = ${sha256}`
  must(measured.policySha256 === sha256, sent, wanted, measured.policySha256)
}
