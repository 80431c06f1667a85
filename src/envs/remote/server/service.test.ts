import { afterEach, describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import { ENVIRONMENTS } from '../../../wire/index.ts'
import type { Environment } from '../../contract.ts'
import { phrases } from '../../fixtures/phrases.ts'
import { decodeDescription } from '../description.ts'
import { encodeStream } from '../stream-state.ts'
import { maze, serveMazes } from './testing/served-mazes.ts'

const { methods } = ENVIRONMENTS
const { levels } = maze
const { connect, close } = serveMazes()
afterEach(close)

const refusal = (code: string) => expect.objectContaining({ code })

describe('what an environment is', () => {
  it('is told of one without steps too, and of one with actions and no observations refused', async () => {
    const connection = await connect({}, { maze: phrases as Environment<unknown> })
    const told = await connection.unary(methods.describe, {})
    expect(decodeDescription(told, 'there').spec).toEqual(phrases.spec)
    const odd = { ...told, actions: { count: 2, names: [] } }
    expect(() => decodeDescription(odd, 'there')).toThrow(/has no observations/)
  })

  it('arrives as it was told, and an unknown one is named', async () => {
    const connection = await connect()
    const told = await connection.unary(methods.describe, {})
    const { spec, solvedAbove, suites, ...rest } = decodeDescription(told, 'there')
    expect(spec).toEqual(maze.spec)
    expect(solvedAbove).toBe(0)
    expect(suites.map(({ id }) => id)).toEqual(maze.suites)
    expect(suites[0].entries).toEqual(maze.suite(maze.suites[0]).entries.map(({ name }) => name))
    expect(rest).toMatchObject({
      returnRange: [0, 1],
      optionsJson: '{"nWalls":9}',
      drawsStates: true,
    })
    await expect(connection.unary(methods.describe, { environment: 'mase' })).rejects.toMatchObject(
      {
        code: 'environment/unknown',
        fields: { known: ['maze', 'other'], nearest: 'maze' },
      },
    )
  })
})

describe('levels', () => {
  it('are drawn from the stream that the request names, bit for bit', async () => {
    const connection = await connect()
    const here = stream(7, 'adversary', 3)
    here.uniform()
    const answer = await connection.unary(methods.sampleLevels, {
      count: 5,
      stream: encodeStream(here),
    })
    const wanted = Array.from({ length: 5 }, () => levels.encode(levels.sample(here)))
    expect(answer.levels.map((one) => [...one])).toEqual(wanted.map((one) => [...one]))
    expect(answer.streamState).toEqual([...here.save()])
    const simple = { seed: 4, path: ['a', 'b'] }
    const first = await connection.unary(methods.sampleLevels, { count: 2, stream: simple })
    const more = await connection.unary(methods.sampleLevels, { count: 3, stream: simple })
    expect(more.levels.slice(0, 2)).toEqual(first.levels)
    expect(first.streamState).toEqual([])
  })

  it('are changed, described, parsed and drawn as here', async () => {
    const connection = await connect()
    const drawn = Array.from({ length: 4 }, (_, i) => levels.sample(stream('levels', i)))
    const bytes = drawn.map(levels.encode)
    const there = stream(1, 'edit')
    const changed = await connection.unary(methods.mutateLevels, {
      levels: bytes,
      stream: encodeStream(stream(1, 'edit')),
    })
    const wanted = drawn.map((level) => levels.mutate(level, there))
    expect(changed.levels.map((one) => [...one])).toEqual(
      wanted.map(({ level }) => [...levels.encode(level)]),
    )
    expect(changed.operators).toEqual(wanted.map(({ operator }) => operator))
    const described = await connection.unary(methods.describeLevels, {
      levels: [...bytes, Uint8Array.of(1, 2)],
      pictures: true,
    })
    expect(described.levels.slice(0, 4)).toEqual(
      drawn.map((level) =>
        expect.objectContaining({
          obstacle: '',
          key: levels.key(level),
          text: levels.format(level),
          features: levels.features(level),
          picture: levels.draw?.(level),
        }),
      ),
    )
    expect(described.levels[4].obstacle).toMatch(/bytes/)
    const text = drawn.map((level, i) => `name: n${i}\n${levels.format(level)}`).join('\n')
    const parsed = await connection.unary(methods.parseLevels, { text })
    expect(parsed.names).toEqual(['n0', 'n1', 'n2', 'n3'])
    expect(parsed.levels.map((one) => [...one])).toEqual(bytes.map((one) => [...one]))
  })

  it('of a suite are those of its entry and episode', async () => {
    const connection = await connect()
    const [suite] = maze.suites
    const entry = maze.suite(suite).entries[0]
    const { levels: found } = await connection.unary(methods.sampleLevels, {
      count: 1,
      stream: encodeStream(stream('suite')),
      entry: { suite, entry: entry.name, episode: 3 },
    })
    expect([...found[0]]).toEqual([...levels.encode(entry.level(stream('suite'), 3))])
  })

  it('are refused by name', async () => {
    const connection = await connect()
    const { sampleLevels, mutateLevels, parseLevels, drawStates } = methods
    const cases = [
      [connection.unary(sampleLevels, { count: 10_001 }), 'environment/count'],
      [connection.unary(sampleLevels, { stream: { state: [1, 2] } }), 'environment/stream'],
      [
        connection.unary(sampleLevels, { stream: { state: [1, 2, 3, 4, 5, 6, 5] } }),
        'environment/stream',
      ],
      [connection.unary(sampleLevels, { count: 1, entry: { suite: 'no' } }), 'suite/unknown'],
      [
        connection.unary(sampleLevels, { count: 1, entry: { suite: maze.suites[0], entry: 'x' } }),
        'suite/entry/unknown',
      ],
      [connection.unary(mutateLevels, { levels: [Uint8Array.of(9)] }), 'level/corrupt'],
      [connection.unary(parseLevels, { text: '>.?G\n' }), 'level/invalid'],
      [connection.unary(drawStates, { states: [Uint8Array.of(9)] }), 'state/corrupt'],
    ] as const
    for (const [call, code] of cases) await expect(call).rejects.toEqual(refusal(code))
  })
})
