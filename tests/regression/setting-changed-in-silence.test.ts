import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agonHere } from '../support/command-here.ts'
import { tinyConfig } from '../support/control.ts'

const NAMED = fileURLToPath(new URL('../fixtures/toy/named.mjs', import.meta.url))

let folder = ''
let config = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agon-settings-'))
  config = tinyConfig(folder, 'tiny', ['budget: {cycles: 1}'])
})
afterAll(() => rmSync(folder, { recursive: true }))

const sets = (set: readonly string[]): string[] => set.flatMap((one) => ['--set', one])

describe('what is done otherwise than asked is told, with both numbers', () => {
  it.each([
    [
      'a convolution larger than what it is to see',
      [`env={id: ${NAMED}}`],
      "'camera.left eye' of 2 × 2 is smaller than network.kernel 3: it is flattened",
    ],
    [
      'minibatches of unequal parts',
      ['student.ppo.minibatches=3'],
      'ppo.minibatches 3 does not divide rollout.envs 4: parts have 1 or 2 environments',
    ],
    [
      'a roll-out that is shorter than an episode',
      ['student.rollout.steps=39'],
      'rollout.steps 39 is less than the 40 steps that an episode may have: every cycle begins new episodes, and what comes after step 39 of one is never met; take rollout.steps 40, or rollout.carry continue',
    ],
    ['more shards than environments', ['student.shards=9'], 'shards 9 is more than rollout.envs 4'],
    [
      'a buffer smaller than a cycle',
      ['adversary={id: plr, capacity: 3}'],
      'capacity 3 is less than the 4 tasks of a cycle',
    ],
    [
      'more best levels than the buffer holds',
      ['adversary={id: accel, capacity: 8, priority: top-k, topK: 9}'],
      'topK 9 is more than capacity 8',
    ],
  ])('by a dry run: %s', async (_, set, note) => {
    const dry = await agonHere(['run', config, ...sets(set), '--dry-run', '--json'])
    expect(dry.events[0].notes).toContainEqual(expect.stringContaining(note))
  })

  it('by the run itself, each as a warning', async () => {
    const set = [
      'student.ppo.minibatches=3',
      'student.shards=9',
      'adversary={id: plr, capacity: 3}',
    ]
    const run = await agonHere(['run', config, ...sets(set), '--out', join(folder, 'r'), '--json'])
    expect(run.code).toBe(0)
    for (const note of ['ppo.minibatches 3', 'shards 9', 'capacity 3'])
      expect(run.events).toContainEqual({
        kind: 'warning',
        warning: { code: 'config/setting', message: expect.stringContaining(note) },
      })
  })
})

describe('what cannot be done is refused, with both numbers', () => {
  it.each([
    [
      'student.ppo.minibatches=5',
      'student.ppo.minibatches: must be at most rollout.envs, 4, not 5',
    ],
    ['student.network.scale={imag: 10}', "network.scale names 'imag', which is no observation"],
  ])('%s', async (set, message) => {
    const { code, stderr } = await agonHere(['run', config, '--set', set, '--dry-run'])
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })
})

it('a config that asks for what is done says nothing', async () => {
  const whole = ['--set', 'student.rollout.steps=40']
  const dry = await agonHere(['run', config, ...whole, '--dry-run', '--json'])
  expect((dry.events[0].notes as string[]).filter((note) => /: .*\d/.test(note))).toEqual([])
})
