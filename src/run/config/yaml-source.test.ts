import { describe, expect, it } from 'vitest'
import { readYaml } from './yaml-source.ts'

const read = (text: string) => {
  const { source, problems } = readYaml(text, 'f')
  if (source === null) throw new Error(problems.map(({ message }) => message).join('\n'))
  return source
}

describe('merge keys', () => {
  it('bring what the mapping lacks, from the first source that has it', () => {
    const text = 'a: &a {x: 1}\nc: &c {x: 5, z: 2}\nb: {<<: [*a, *c], y: 3, z: 4}\n'
    expect(read(text).plain).toMatchObject({ b: { x: 1, y: 3, z: 4 } })
  })

  it.each([
    ['of one', 'b: &b {x: 1, y: 2}\na: {<<: *b, y: 3}', 'f:1:11', 'f:2:16'],
    ['of a list', 'b: [&b {x: 1}, &c {y: 2}]\na: {<<: [*b, *c]}', 'f:1:12', 'f:1:23'],
    ['within a merge', 'c: &c {x: 1}\nb: &b {<<: *c, y: 2}\na: {<<: *b}', 'f:1:11', 'f:2:19'],
    ['written in place', 'a: {<<: {x: 1}, y: 2}', 'f:1:13', 'f:1:20'],
  ])('%s: values are placed where they are written', (_, text, x, y) => {
    const source = read(text)
    expect([source.place(['a', 'x']), source.place(['a', 'y'])]).toEqual([x, y])
  })

  it('is a merge only without quotes', () => {
    expect(read('a: {"<<": 3}').plain).toEqual({ a: { '<<': 3 } })
  })

  it.each([
    ['a: {<<: 3}', 'f:1:9', 'takes a mapping'],
    ['a: &a 3\nb: {<<: [*a]}', 'f:2:9', 'takes a mapping'],
    ['a: {<<: *gone}', 'f:1:9', 'there is no anchor &gone above'],
    ['a: &a {<<: *a}', 'f:1:12', 'stands within &a'],
    ['a: &a [*a]', 'f:1:8', 'stands within &a'],
  ])('%s is refused', (text, place, message) => {
    const [problem, ...others] = readYaml(text, 'f').problems
    expect(problem).toMatchObject({ place, message: expect.stringContaining(message) })
    expect(others).toEqual([])
  })
})

it.each(['0x1F', '0o17', '9007199254740993', '1e20', '.5', '~', '.inf', '1_000', "'1'"])(
  'keeps the characters of %s',
  (written) => {
    expect(read(`a: ${written}`).written(['a'])).toBe(written.replaceAll("'", ''))
  },
)

it('tells of a key that stands twice, as number and as text too', () => {
  const { problems } = readYaml('a: {b: 1, b: 2}\n1: x\n"1": y\n', 'f')
  expect(problems.map(({ place }) => place)).toEqual(['f:3:1', 'f:1:11'])
})

it('reads a file of many keys in time that grows with them', () => {
  const keys = (n: number) => Array.from({ length: n }, (_, i) => `k${i}: 1`).join('\n')
  const source = read(keys(20_000))
  expect(source.place(['k19999'], 'key')).toBe('f:20000:1')
})
