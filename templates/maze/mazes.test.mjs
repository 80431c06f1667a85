import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parseLevels, shortestPath } from 'agon/envs/maze'

const mazes = parseLevels(readFileSync(new URL('mazes.txt', import.meta.url), 'utf8'))

for (const { name, level } of mazes)
  test(`${name} has the size of the experiment, and its goal can be reached`, () => {
    assert.deepEqual([level.height, level.width], [7, 7])
    assert.ok(shortestPath(level) > 0 && Number.isFinite(shortestPath(level)))
  })
