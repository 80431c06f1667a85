import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stream, tensor } from 'agon/core'
import * as g from 'agon/graph'
import { type PolicyFile, writePolicyFile } from 'agon/inference'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { FOOTBALL_BUILT } from '../support/football.ts'
import { inCyclesHere } from '../support/in-cycles.ts'
import { bitsOf, settings } from '../support/quick-recipe.ts'
import { type Serving, serve } from '../support/serving.ts'

const [NUMBERS, ACTIONS] = [115, 19]

/** A policy of one layer that sees the game as this profile shows it. */
function linear(profile: string): PolicyFile {
  const graph = g.createGraph()
  const random = stream('test', 'linear', profile)
  const weights = Float32Array.from({ length: NUMBERS * ACTIONS }, () => random.normal())
  const seen = g.input(graph, 'obs', 'float32', ['B', NUMBERS])
  const logits = g.matmul(seen, g.constant(graph, tensor('float32', [NUMBERS, ACTIONS], weights)))
  return {
    onnx: g.toOnnx(graph, { logits }),
    card: {
      ...{ format: 1, agon: '0', environment: { id: 'football', profile }, state: {} },
      observations: { obs: { dtype: 'float32', shape: [NUMBERS] } },
      actions: { kind: 'discrete', count: ACTIONS },
      ...{ decode: 'sample', normalisation: {}, training: {} },
    },
  }
}

const GAME = `
env:
  id: football
  scenario: academy_pass_and_shoot_with_keeper
  generator: around
  endEpisodeOnScore: true
  gameDuration: 12
  leftAgents: 1
  rightAgents: 1
  rightControllable: level
  representation: [simple115v2, simple115]
adversary: dr
student: { id: frozen, policy: none }
policies: { none: { bot: random } }
budget: { cycles: 1 }
`

describe.skipIf(!FOOTBALL_BUILT)('a reference that another process serves', () => {
  const root = mkdtempSync(join(tmpdir(), 'agon-stress-served-'))
  const at = (name: string): string => join(root, name)
  const beside = at('beside')
  let server: Serving

  const servePolicy = (listen: string): Promise<Serving> =>
    serve(['serve', at('rival.onnx'), '--name', 'rival', '--listen', listen])
  const stress = (against: string, out: string): string[] => [
    ...['stress', at('tested.onnx'), '--env', at('game.yaml'), '--against', against],
    ...['--budget', '32', '--seed', '2', '--workers', '1', '--out', out],
    ...settings(
      ...['student.rollout.envs=8', 'student.rollout.steps=13', 'adversary.repeats=2'],
      ...['adversary.initial=2', 'evaluation.suite=random:1', 'cuts.every=1'],
      ...['tensorboard=false', 'supervision.restarts=1'],
    ),
  ]

  beforeAll(async () => {
    await writePolicyFile(at('tested.onnx'), linear('simple115v2'))
    await writePolicyFile(at('rival.onnx'), linear('simple115'))
    writeFileSync(at('game.yaml'), GAME)
    const junit = ['--junit', at('junit.xml')]
    const { code, stderr } = await jsonHere([...stress(at('rival.onnx'), beside), ...junit])
    expect(code, stderr).toBe(0)
    server = await servePolicy('127.0.0.1:0')
  })
  afterAll(async () => {
    await server?.kill()
    rmSync(root, { recursive: true })
  })

  it('had its games on the best levels looked through for weaknesses, for the page and as test cases', () => {
    const read = (name: string): string => readFileSync(join(beside, name), 'utf8')
    const { teams, games } = JSON.parse(read('weaknesses.json'))
    const { elites } = JSON.parse(read('archive/archive.json'))
    expect(teams).toEqual(['rival', 'target'])
    expect(games.map(({ title }: { title: string }) => title).sort()).toEqual(
      elites.map(({ id }: { id: string }) => `${id} against rival`).sort(),
    )
    expect(read('report.html')).toContain('Classes of weakness')
    const cases = readFileSync(at('junit.xml'), 'utf8').match(/name="weakness [a-z-]+"/g)
    expect(cases).toHaveLength(11)
  })

  it('plays through the view of its profile as its file does', async () => {
    const out = at('served')
    const { code, stderr } = await jsonHere(
      stress(`kserve://${server.listening.address}/rival`, out),
    )
    expect(code, stderr).toBe(0)
    const [row] = readFileSync(join(out, 'history.jsonl'), 'utf8').split('\n')
    expect(JSON.parse(row).descriptor.reference).toBe('rival')
    for (const file of ['history.jsonl', 'archive/archive.json', 'weaknesses.json'])
      expect(bitsOf(out)[file]).toBe(bitsOf(beside)[file])
  })

  it('is named where its server dies; nothing of that cycle is kept, and with the server back it goes on', async () => {
    const out = at('died')
    const { address } = server.listening
    const dying = await jsonHere(
      stress(`kserve://${address}/rival`, out),
      inCyclesHere([2], () => server.child.kill('SIGKILL')),
    )
    expect(dying.code).not.toBe(0)
    expect(JSON.stringify(dying.events.at(-1))).toContain(String(address))
    const rows = readFileSync(join(out, 'history.jsonl'), 'utf8').trim().split('\n')
    expect(rows.length).toBeGreaterThanOrEqual(4)
    expect(rows.length).toBeLessThan(8)
    await server.finished
    server = await servePolicy(String(address))
    const again = await jsonHere(['resume', out])
    expect(again.code, again.stderr).toBe(0)
    for (const file of ['history.jsonl', 'archive/archive.json'])
      expect(bitsOf(out)[file]).toBe(bitsOf(beside)[file])
  })
})
