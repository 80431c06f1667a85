import { readdirSync, readFileSync } from 'node:fs'
import { AgonError, type RandomStream, stream } from 'agon/core'
import { environment, formatLevel, PUBLISHED_MAZES, parseLevels } from 'agon/envs/maze'
import { readLevels } from 'agon/evaluation'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { mutateText } from './mutate-text.ts'
import { mutateTree } from './mutate-tree.ts'

type ConfigModule = typeof import('../../dist/run/config/index.js')

/** A change to what reads them is tried ten times as long: `AGON_FUZZ=10`, as `npm run test:slow` does. */
const TIMES = Number(process.env.AGON_FUZZ ?? 1)
/** Texts; a quarter as many again are mutated as objects. */
const CONFIGS = 1_000 * TIMES
const LEVEL_FILES = 1_000 * TIMES
const SEED = 20_260

const recipes = new URL('../../recipes/', import.meta.url)
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A named error of Agon in the areas given, or a failure that shows what was let through. */
function expectNamed(error: unknown, areas: RegExp, input: string): void {
  const named = error instanceof AgonError && areas.test(error.code) && error.message !== ''
  if (!named) throw new Error(`not a named error for:\n${input}`, { cause: error })
}

describe('mutated configs', () => {
  let config: ConfigModule
  const corpus: string[] = []

  beforeAll(async () => {
    config = await import('../../dist/run/config/index.js')
    for (const file of readdirSync(recipes)) {
      const text = readFileSync(new URL(file, recipes), 'utf8')
      // Those of hosted environments are read with their host alone, those of others' weights with these.
      if (/^\s+remote:/m.test(text) || /file: \.\.\/policies/.test(text)) continue
      corpus.push(text, config.formatConfig(await config.parseConfig(encode(text), file)))
    }
  })

  const SETS = ['budget.cycles=', 'env.width=', 'student.ppo.epochs=', 'adversary=', 'a.b.c=', '']

  function mutated(random: RandomStream): { bytes: Uint8Array; set: string[] } {
    const bytes = encode(mutateText(corpus, random))
    // Bytes that are no text at all, now and then.
    if (random.integer(20) === 0)
      bytes[random.integer(bytes.length + 1)] = 128 + random.integer(128)
    const set =
      random.integer(4) > 0 ? [] : [mutateText([SETS[random.integer(SETS.length)]], random)]
    return { bytes, set }
  }

  it(
    'give a run plan or a named error, and the plan can be written and read again',
    async () => {
      let valid = 0
      let refused = 0
      for (let i = 0; i < CONFIGS; i++) {
        const { bytes, set } = mutated(stream(SEED, 'config', i))
        const input = `#${i} --set ${set}\n${new TextDecoder().decode(bytes)}`
        try {
          const plan = await config.parseConfig(bytes, '/nowhere/fuzz.yaml', { set })
          valid++
          const text = config.formatConfig(plan)
          const again =
            valid % 10 === 0 ? await config.parseConfig(encode(text), '/else/x.yaml') : plan
          expect(again, input).toEqual(plan)
        } catch (error) {
          refused++
          expectNamed(error, /^config\//, input)
          const { problems } = (error as AgonError).fields
          expect(Array.isArray(problems) && problems.length > 0, input).toBe(true)
        }
      }
      expect(valid).toBeGreaterThan(CONFIGS / 50)
      expect(refused).toBeGreaterThan(CONFIGS / 2)
    },
    120_000 * TIMES,
  )

  it(
    'as plain objects, with values that no file can hold, likewise',
    async () => {
      const trees = corpus.map((text) => parse(text))
      let valid = 0
      let refused = 0
      for (let i = 0; i < CONFIGS / 4; i++) {
        const random = stream(SEED, 'tree', i)
        const plain = mutateTree(trees[random.integer(trees.length)], random)
        try {
          const plan = await config.resolveConfig(plain, { baseDir: '/nowhere' })
          valid++
          const again = await config.parseConfig(encode(config.formatConfig(plan)), '/else/x.yaml')
          expect(again).toEqual(plan)
        } catch (error) {
          refused++
          expectNamed(error, /^config\//, `#${i} ${Object.keys(plain)}`)
        }
      }
      expect(valid).toBeGreaterThan(CONFIGS / 50)
      expect(refused).toBeGreaterThan(CONFIGS / 10)
    },
    120_000 * TIMES,
  )
})

describe('mutated level files', () => {
  const { levels } = environment.create(environment.options.parse({}))
  const corpus: string[] = []
  for (let i = 0; i < 12; i++) {
    const level = levels.sample(stream(SEED, 'level', i))
    corpus.push(`# one\n${levels.format(level)}`, formatLevel(level, `level ${i}`))
  }
  for (const { name, rows } of PUBLISHED_MAZES) corpus.push(`name: ${name}\n${rows.join('\n')}\n`)

  const readers = [
    (text: string) => parseLevels(text).map(({ level }) => level),
    (text: string) => Object.values(readLevels(text, levels)).map((bytes) => levels.decode(bytes)),
    (text: string) => [levels.parse(text)],
  ]

  it(
    'give levels that can be attempted or a named error with its place',
    () => {
      let valid = 0
      let refused = 0
      for (let i = 0; i < LEVEL_FILES; i++) {
        const text = mutateText(corpus, stream(SEED, 'file', i))
        try {
          for (const level of readers[i % readers.length](text)) {
            expect(levels.validate(level), text).toBeNull()
            expect(levels.key(levels.decode(levels.encode(level)))).toBe(levels.key(level))
          }
          valid++
        } catch (error) {
          refused++
          expectNamed(error, /^level\//, text)
          expect((error as AgonError).place, text).toBeTruthy()
        }
      }
      expect(valid).toBeGreaterThan(LEVEL_FILES / 50)
      expect(refused).toBeGreaterThan(LEVEL_FILES / 4)
    },
    120_000 * TIMES,
  )

  it(
    'and mutated bytes of levels likewise',
    () => {
      let valid = 0
      let refused = 0
      for (let i = 0; i < LEVEL_FILES; i++) {
        const random = stream(SEED, 'bytes', i)
        const bytes = levels
          .encode(levels.sample(random))
          .slice(0, random.integer(8) === 0 ? random.integer(64) : undefined)
        for (let k = random.integer(4); k >= 0 && bytes.length > 0; k--)
          bytes[random.integer(bytes.length)] = random.integer(256)
        try {
          const level = levels.decode(bytes)
          if (levels.validate(level) === null) valid++
        } catch (error) {
          refused++
          expectNamed(error, /^level\//, String(bytes))
        }
      }
      expect(valid).toBeGreaterThan(0)
      expect(refused).toBeGreaterThan(LEVEL_FILES / 50)
    },
    120_000 * TIMES,
  )
})
