import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agonHere } from '../support/command-here.ts'
import { start, tinyConfig, until } from '../support/control.ts'

let folder = ''
let config = ''
let finished = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agon-finished-'))
  config = tinyConfig(folder, 'tiny', ['budget: {cycles: 3}', 'cuts: {every: 1}'])
  finished = join(folder, 'finished')
  expect((await agonHere(['run', config, '--out', finished])).code).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true }))

const read = (run: string, name: string): string => readFileSync(join(run, name), 'utf8')
const copied = (name: string): string => {
  const run = join(folder, name)
  cpSync(finished, run, { recursive: true })
  return run
}

describe('a finished run with nothing more to do', () => {
  it.each([
    ['resume', (run: string) => ['resume', run]],
    ['resume of other settings', (run: string) => ['resume', run, '--set', 'workers=2']],
    ['run --or-resume', (run: string) => ['run', config, '--or-resume', '--out', run]],
  ])('%s: measures nothing, changes no file and ends with 0', async (name, args) => {
    const run = copied(name.replaceAll(' ', '-'))
    const before = ['manifest.json', 'evaluation.json', 'journal.jsonl', 'config.yaml'].map(
      (file) => read(run, file),
    )
    const { code, events } = await agonHere([...args(run), '--json'])
    expect(code).toBe(0)
    expect(events.map(({ kind }) => kind)).toEqual(['started', 'finished'])
    expect(events[1]).toMatchObject({
      result: { status: 'finished', dir: run, policies: { agent: join(run, 'policy.onnx') } },
    })
    const after = ['manifest.json', 'evaluation.json', 'journal.jsonl', 'config.yaml'].map((file) =>
      read(run, file),
    )
    expect(after).toEqual(before)
  })

  it('is measured where its measurement is gone', async () => {
    const run = copied('unmeasured')
    const measured = read(run, 'evaluation.json')
    rmSync(join(run, 'evaluation.json'))
    expect((await agonHere(['resume', run])).code).toBe(0)
    expect(read(run, 'evaluation.json')).toBe(measured)
  })
})

it('a finished run that is to go on keeps its measurement until there is a newer student', async () => {
  const run = copied('longer')
  const slow = ['--set', 'budget.cycles=100000', '--set', 'cuts.every=100000']
  const going = start(['resume', run, ...slow, '--json'])
  await until(going.heard)
  going.child.kill('SIGKILL')
  await going.ended
  expect(read(run, 'evaluation.json')).toBe(read(finished, 'evaluation.json'))
  expect((await agonHere(['resume', run, '--set', 'budget.cycles=4'])).code).toBe(0)
  const { slots } = JSON.parse(read(run, 'evaluation.json'))
  expect(slots.agent.final.policySha256).not.toBe(
    JSON.parse(read(finished, 'evaluation.json')).slots.agent.final.policySha256,
  )
})
