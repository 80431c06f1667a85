import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { agonHere } from '../support/command-here.ts'
import { start, tinyConfig, until } from '../support/control.ts'

const NAMED = fileURLToPath(new URL('../fixtures/toy/named.mjs', import.meta.url))
const NAMES = ['0', '1', 'camera.left eye', 'core/w', '視点/θ']

let folder = ''
let config = ''
let run = ''
const environment = `--set=env={id: ${NAMED}}`
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agon-names-'))
  config = tinyConfig(folder, 'named', ['budget: {cycles: 2}'])
  run = join(folder, 'run')
  const { code, stderr } = await agonHere(['run', config, environment, '--out', run])
  expect(stderr).not.toContain('error')
  expect(code).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('observations named as their environment likes', () => {
  it('are learnt from, and stand in the card beside what the graph calls them', () => {
    const card = parse(readFileSync(join(run, 'policy.yaml'), 'utf8'))
    expect(Object.keys(card.observations).sort()).toEqual([...NAMES].sort())
    expect(Object.keys(card.names).sort()).toEqual([...NAMES].sort())
    expect(new Set(Object.values(card.names)).size).toBe(NAMES.length)
    for (const name of Object.values(card.names)) expect(name).toMatch(/^[A-Za-z_]\w*$/)
  })

  it('are found again by a measurement, and by a run that starts from the weights or goes on', async () => {
    const policy = join(run, 'policy.onnx')
    const measured = await agonHere([
      'eval',
      policy,
      '--suite',
      'toy/all',
      '--env',
      NAMED,
      '--json',
    ])
    expect(measured.code).toBe(0)
    const more = join(folder, 'more')
    const begun = await agonHere(['run', config, environment, '--init', policy, '--out', more])
    expect(begun.code).toBe(0)
    expect((await agonHere(['resume', more, '--set', 'budget.cycles=3'])).code).toBe(0)
  })

  it('cross the wire under their own names', async () => {
    const file = join(folder, 'env.json')
    const served = start(['env', NAMED, '--rendezvous', file, '--json'])
    await until(() => existsSync(file))
    const out = join(folder, 'remote')
    const { code } = await agonHere(['run', config, `--set=env={remote: ${file}}`, '--out', out])
    served.child.kill('SIGTERM')
    await served.ended
    expect(code).toBe(0)
    const card = parse(readFileSync(join(out, 'policy.yaml'), 'utf8'))
    expect(Object.keys(card.observations).sort()).toEqual([...NAMES].sort())
  })
})

describe('a name that nothing can be called', () => {
  it.each([
    ['noise', "no observation may be called 'noise'"],
    ['state_h', "no observation may be called 'state_h'"],
    ['"a\\u001bb"', 'holds a control character'],
    ['""', 'is empty'],
    ['x'.repeat(300), 'has 300 characters, more than 200'],
  ])('%s is refused before the run begins', async (called, message) => {
    const path = join(folder, 'called.yaml')
    const text = readFileSync(config, 'utf8').replace(
      /^env:.*$/m,
      `env: {id: ${NAMED}, called: ${called}}`,
    )
    writeFileSync(path, text)
    const out = join(folder, 'none')
    for (const args of [['--dry-run'], []]) {
      const { code, stderr } = await agonHere(['run', path, '--out', out, ...args])
      expect(stderr).toContain(message)
      expect(code).toBe(2)
    }
    expect(existsSync(out)).toBe(false)
  })
})
