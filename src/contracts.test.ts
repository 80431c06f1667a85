import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const SRC = fileURLToPath(new URL('.', import.meta.url))
const contracts = (readdirSync(SRC, { recursive: true }) as string[])
  .filter((name) => /(^|[\\/-])contract\.ts$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(SRC, name), 'utf8') }))

/** Types that everybody may name: the bottom, validation, the wire's generated messages, schemas. */
const COMMON = /\/(core\/[\w-]+|wire\/index|[\w-]*contract|[\w-]+\.schema)\.ts$|^zod$|^node:/

/** Whose types follow from data that stands there; to be added to with a reason alone. */
const DATA: readonly string[] = [
  'envs/football/level.ts',
  'inference/binding.ts',
  'inference/device-choice.ts',
  'inference/device.ts',
  'inference/policy-source.ts',
  'inference/serve/row-layout.ts',
  'learners/graph/graph.ts',
  'learners/nets/segments.ts',
  'play/record/recording.ts',
]

it('contracts hold types alone', () => {
  expect(contracts.length).toBeGreaterThan(20)
  for (const { name, text } of contracts) {
    const values = text.match(
      /^(import (?!type\b).*|export (?!type\b|interface\b).*|(const|let|function|class) .*)$/gm,
    )
    expect(values ?? [], relative(SRC, join(SRC, name))).toEqual([])
  }
})

it('contracts import contracts, and what is common to all', () => {
  const named = contracts.flatMap(({ name, text }) =>
    [...text.matchAll(/from '([^']+)'/g)].map(([, from]) => ({
      from,
      path: join(name, '..', from),
    })),
  )
  const others = named.flatMap(({ from, path }) =>
    COMMON.test(from) ? [] : [path.replaceAll('\\', '/')],
  )
  expect([...new Set(others)].sort()).toEqual(DATA)
})
