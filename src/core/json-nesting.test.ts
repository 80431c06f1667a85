import { describe, expect, it } from 'vitest'
import { jsonNesting } from './json-nesting.ts'

describe('jsonNesting', () => {
  it.each([
    ['1', 0],
    ['[]', 1],
    ['[[],{"a":[1]}]', 3],
    ['["[[[", "\\"[[", {"[{": "]"}]', 2],
    [`${'['.repeat(200_000)}${']'.repeat(200_000)}`, 200_000],
  ])('of %.40s is %i', (text, depth) => {
    expect(jsonNesting(text)).toBe(depth)
  })
})
