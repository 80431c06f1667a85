import { stream } from '../../../core/random.ts'
import { ENVIRONMENTS } from '../../../wire/index.ts'
import { encodeStream } from '../stream-state.ts'
import { type Check, must, mustEqual, mustRefuse } from './check.ts'
import type { Subject } from './subject.ts'

const { sampleLevels, mutateLevels, parseLevels } = ENVIRONMENTS.methods
const COUNT = 6
const MOST = 10_000
const GARBAGE = Uint8Array.of(0xff, 0x00, 0xff)

export const levelChecks: readonly Check[] = [
  {
    name: 'levels: the same request gets the same levels',
    async run(subject) {
      const [first, second] = [await subject.levels(COUNT), await subject.levels(COUNT)]
      mustEqual(`SampleLevels { count: ${COUNT} } twice`, first, second)
      mustEqual(`SampleLevels { count: ${COUNT} }`, COUNT, first.length, 'levels')
    },
  },
  {
    name: 'levels: a longer request begins with the levels of a shorter one',
    async run(subject) {
      const [short, long] = [await subject.levels(2), await subject.levels(COUNT)]
      mustEqual(`SampleLevels { count: 2 } and { count: ${COUNT} }`, short, long.slice(0, 2))
    },
  },
  {
    name: 'levels: an exact stream is taken, and keyed by its state',
    async run({ connection, environment }) {
      const draw = (name: string) =>
        connection.unary(sampleLevels, {
          environment,
          count: 2,
          stream: encodeStream(stream('conformance', name)),
        })
      const [first, second] = [await draw('a'), await draw('a')]
      const sent = 'SampleLevels { stream: { state } } twice'
      mustEqual(sent, first.levels, second.levels)
      const { length } = first.streamState
      must(length === 0 || length === 7, sent, 'a stream_state of 7 words, or none', length)
    },
  },
  {
    name: 'levels: drawn ones can be attempted and have a key',
    async run(subject) {
      const levels = await subject.levels(COUNT)
      const described = await subject.describeLevels(levels)
      mustEqual('DescribeLevels', levels.length, described.length, 'descriptions')
      for (const [i, { obstacle, key }] of described.entries()) {
        mustEqual('DescribeLevels of a drawn level', '', obstacle, 'no obstacle')
        must(key !== '', 'DescribeLevels of a drawn level', 'a key', { level: levels[i], key })
      }
    },
  },
  {
    name: 'levels: equal bytes have equal keys, and pictures where they are announced',
    async run(subject) {
      const [level] = await subject.levels(1)
      const { drawsLevels } = await subject.description()
      const [one, two] = await subject.describeLevels([level, level], true)
      mustEqual('DescribeLevels of one level twice', one.key, two.key)
      const drawn = one.picture.startsWith('<svg')
      must(
        drawn === drawsLevels,
        'DescribeLevels { pictures: true }',
        drawsLevels ? 'an <svg>' : 'no picture',
        one.picture,
      )
    },
  },
  {
    name: 'levels: the text form reads back as the same bytes',
    async run(subject) {
      const levels = await subject.levels(COUNT)
      const { connection, environment } = subject
      for (const [i, { text }] of (await subject.describeLevels(levels)).entries()) {
        if (text === '') continue
        const parsed = await connection.unary(parseLevels, { environment, text })
        mustEqual(`ParseLevels { text: ${JSON.stringify(text)} }`, [levels[i]], parsed.levels)
      }
    },
  },
  {
    name: 'levels: features are finite numbers',
    async run(subject) {
      for (const { features } of await subject.describeLevels(await subject.levels(COUNT)))
        for (const [name, value] of Object.entries(features))
          must(Number.isFinite(value), 'DescribeLevels', `a finite '${name}'`, String(value))
    },
  },
  {
    name: 'levels: changed ones can be attempted, and the same request changes the same',
    async run(subject) {
      const levels = await subject.levels(COUNT)
      const change = () => mutated(subject, levels)
      const [first, second] = [await change(), await change()]
      mustEqual('MutateLevels twice', first.levels, second.levels)
      mustEqual('MutateLevels', COUNT, first.levels.length, 'levels')
      mustEqual(
        'MutateLevels',
        COUNT,
        first.operators.filter((name) => name !== '').length,
        'operators',
      )
      for (const { obstacle } of await subject.describeLevels(first.levels))
        mustEqual('DescribeLevels of a changed level', '', obstacle, 'no obstacle')
    },
  },
  {
    name: 'levels: bytes that are no level have an obstacle and nothing else',
    async run(subject) {
      const sent = 'DescribeLevels { levels: [0xff00ff] }'
      const [{ obstacle, key, text, features }] = await subject.describeLevels([GARBAGE])
      must(obstacle !== '', sent, 'an obstacle', 'none')
      mustEqual(sent, { key: '', text: '', features: {} }, { key, text, features })
      const { connection, environment } = subject
      const call = connection.unary(mutateLevels, { environment, levels: [GARBAGE] })
      await mustRefuse(
        'MutateLevels { levels: [0xff00ff] }',
        ['level/corrupt', 'level/invalid'],
        call,
      )
    },
  },
  {
    name: 'levels: too many, or a stream that is none, are refused',
    async run({ connection, environment }) {
      const many = connection.unary(sampleLevels, { environment, count: MOST + 1 })
      await mustRefuse(`SampleLevels { count: ${MOST + 1} }`, ['environment/count'], many)
      const stream = { state: [1, 2, 3] }
      const short = connection.unary(sampleLevels, { environment, count: 1, stream })
      await mustRefuse(
        'SampleLevels { stream: { state: [1, 2, 3] } }',
        ['environment/stream'],
        short,
      )
    },
  },
  {
    name: 'suites: every one gives levels that can be attempted; others are refused',
    async run(subject) {
      const { connection, environment } = subject
      const draw = (suite: string, entry: string) =>
        connection.unary(sampleLevels, {
          environment,
          count: 1,
          stream: { seed: 3 },
          entry: { suite, entry },
        })
      for (const { id, entries } of (await subject.description()).suites) {
        const sent = `SampleLevels { entry: ${id}/${entries[0]} }`
        const [first, second] = [await draw(id, entries[0]), await draw(id, entries[0])]
        mustEqual(`${sent} twice`, first.levels, second.levels)
        const [{ obstacle }] = await subject.describeLevels(first.levels)
        mustEqual(sent, '', obstacle, 'no obstacle')
      }
      await mustRefuse(
        'SampleLevels { entry: no-such-suite/x }',
        ['suite/unknown'],
        draw('no-such-suite', 'x'),
      )
    },
  },
]

function mutated({ connection, environment }: Subject, levels: Uint8Array[]) {
  return connection.unary(mutateLevels, {
    environment,
    levels,
    stream: { seed: 2, path: ['conformance'] },
  })
}
