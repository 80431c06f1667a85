import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { findPython } from '../../scripts/python.mjs'
import type { Finished } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { sampled, slowly } from '../support/tiers.ts'

/**
 * Most parties wait most of the time, so they are examined side by side; but who examines an environment waits for it with
 * its thread.
 */
const BUILT = fileURLToPath(new URL('../../build/', import.meta.url))
const CLIENT = fileURLToPath(new URL('../../clients/python/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'agon-conformance-test-'))
const servers: ChildProcess[] = []
afterAll(() => {
  for (const server of servers) server.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const checksOf = ({ events }: Finished) => events.filter(({ kind }) => kind === 'check')
const failuresOf = (finished: Finished) =>
  checksOf(finished).filter(({ verdict }) => verdict === 'failed')

/** Examines an actor that the command starts. */
const examined = (
  role: string,
  command: readonly string[],
  more: readonly string[] = [],
): Promise<Finished> => {
  const asked = ['conformance', '127.0.0.1:0', '--role', role, '--patience', '20', ...more]
  return jsonHere([...asked, '--', ...command])
}

const MATCH = fileURLToPath(new URL('../fixtures/services/match-outside.mjs', import.meta.url))
/** What the example services understand. */
const MAZE = ['--payload', '{"levels":[">G"]}']

/** Starts something that listens, and gives the first line that it writes. */
async function served(...command: readonly string[]): Promise<string> {
  const [program, ...args] = command
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  servers.push(child)
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error(`${command} wrote nothing`)
}

/** Nothing failed, and not because nothing was looked at. */
function expectPassed(finished: Finished, atLeast: number): void {
  expect(failuresOf(finished), finished.stderr).toEqual([])
  expect(finished.code).toBe(0)
  const passed = checksOf(finished).filter(({ verdict }) => verdict === 'ok')
  expect(passed.length).toBeGreaterThanOrEqual(atLeast)
}

describe('the examples in TypeScript', () => {
  it.concurrent.each([
    ['student', 29],
    ['adversary', 27],
    ['evaluator', 23],
  ])('a %s speaks the protocol', async (role, checks) => {
    const command = [process.execPath, join(BUILT, `examples/attach/${role}.js`), '{hub}']
    expectPassed(await examined(role, command), checks)
  })

  it.concurrent('a service speaks the protocol', async () => {
    const command = [process.execPath, join(BUILT, 'examples/attach/service.js'), '{hub}']
    expectPassed(await examined('service', command, MAZE), 26)
  })

  it.concurrent('the grader that comes with Agon speaks the protocol', async () => {
    const said = { slot: 'agent', task: '1', repeat: 0, artefacts: { answer: 'Yes.' } }
    const payload = { cycle: 1, outcomes: [{ ...said, level: btoa('yes') }] }
    const command = [process.execPath, MATCH, '{hub}']
    const asked = ['--payload', JSON.stringify(payload)]
    expectPassed(await examined('service', command, asked), 26)
  })

  it('an environment is served as the contract says', async () => {
    const rendezvous = join(folder, 'beacon.json')
    await served(process.execPath, join(BUILT, 'examples/attach/environment.js'), rendezvous)
    expectPassed(await jsonHere(['conformance', rendezvous, '--role', 'environment']), 25)
  })

  it.concurrent('a policy is served as the Open Inference Protocol says', async () => {
    const target = await served(process.execPath, join(BUILT, 'examples/attach/policy.js'))
    expectPassed(await jsonHere(['conformance', target, '--role', 'policy']), 12)
  })
})

const python: string | null = findPython()
process.env.PYTHONPATH = CLIENT
const pythonHas = (module: string): boolean =>
  python !== null && spawnSync(python, ['-c', `import ${module}`]).status === 0
describe.skipIf(python === null)('the examples in Python (python3 with grpcio)', () => {
  it.concurrent.each([
    ['student', 'numpy_student.py', 29],
    ['adversary', 'random_search_teacher.py', 27],
  ])('a %s speaks the protocol', async (role, example, checks) => {
    const command = [String(python), join(CLIENT, 'examples', example), '{hub}']
    expectPassed(await examined(role, command), checks)
  })

  it.concurrent('an evaluator that plays at random speaks the protocol', async () => {
    const command = [String(python), join(CLIENT, 'tests/random_evaluator.py'), '{hub}']
    expectPassed(await examined('evaluator', command), 23)
  })

  // One with a state is examined here in every run, one without in TypeScript.
  slowly('a service speaks the protocol', async () => {
    const command = [String(python), join(CLIENT, 'examples/scorer.py'), '{hub}']
    const finished = await examined('service', command, MAZE)
    expectPassed(finished, 26)
  })

  it.concurrent('a service with a state speaks the protocol', async () => {
    const command = [String(python), join(CLIENT, 'tests/counting_service.py'), '{hub}']
    expectPassed(await examined('service', command), 28)
  })

  it.skipIf(!pythonHas('onnxruntime')).concurrent(
    'an evaluator that runs the policy speaks the protocol (needs onnxruntime in Python)',
    async () => {
      const command = [String(python), join(CLIENT, 'examples/evaluator.py'), '{hub}']
      expectPassed(await examined('evaluator', command), 23)
    },
  )

  it('an environment is served as the contract says', async () => {
    const rendezvous = join(folder, 'gym.json')
    const example = join(CLIENT, 'examples/gym_environment.py')
    await served(String(python), example, 'beacon', '--rendezvous', rendezvous)
    expectPassed(await jsonHere(['conformance', rendezvous, '--role', 'environment']), 25)
  })

  it.each(sampled(['several', 'box'], 1))(
    'an environment with other actions is served as the contract says: %s',
    async (kind) => {
      const rendezvous = join(folder, `${kind}.json`)
      const program = join(CLIENT, 'tests/steered_beacon.py')
      await served(String(python), program, kind, rendezvous)
      expectPassed(await jsonHere(['conformance', rendezvous, '--role', 'environment']), 25)
    },
  )
})

describe('a broken third party', () => {
  // One of each role, then what takes longest to find.
  const broken: readonly [string, string, RegExp, RegExp][] = [
    [
      'student',
      'student-without-an-outcome',
      /^cycle: reports one outcome for every task/,
      /1\.agent\.0 \(repeat 1\)/,
    ],
    [
      'evaluator',
      'evaluator-without-credit',
      /^credit: without it nothing more is sent/,
      /MEASURED/,
    ],
    ['adversary', 'adversary-of-another-slot', /^cycle: gives one batch to each slot/, /middle/],
    ['service', 'service-of-another-key', /^asking: questions that come at once/, /nobody/],
    [
      'student',
      'student-that-skips-a-number',
      /^frames: role messages are numbered/,
      /sequence = 4/,
    ],
    ['student', 'student-without-heartbeats', /^heartbeats: come at the interval/, /0 of them in/],
  ]
  it.concurrent.each(sampled(broken, 4))(
    '%s %s fails one check, and says what came',
    async (role, name, check, words) => {
      const command = [
        process.execPath,
        join(BUILT, `tests/conformance/broken/${name}.js`),
        '{hub}',
      ]
      const payload = role === 'service' ? MAZE : []
      expectOneFailure(await examined(role, command, payload), check, words)
    },
  )

  it.each([
    ['environment', 'environment-that-forgets-the-time', /^episodes: a saved slot goes on/, /./],
    ['policy', 'policy-of-one-row', /^infer: each row of a batch is answered for itself/, /\[/],
  ])('%s %s fails one check, and says what came', async (role, name, check, words) => {
    const target = await served(
      process.execPath,
      join(BUILT, `tests/conformance/broken/${name}.js`),
    )
    expectOneFailure(await jsonHere(['conformance', target, '--role', role]), check, words)
  })
})

function expectOneFailure(finished: Finished, check: RegExp, words: RegExp): void {
  const failures = failuresOf(finished)
  expect(
    failures.map(({ name }) => name),
    finished.stderr,
  ).toEqual([expect.stringMatching(check)])
  const [{ sent, expected, received }] = failures as Record<string, string>[]
  expect(sent).not.toBe('')
  expect(expected).not.toBe('')
  expect(`${expected} ${received}`).toMatch(words)
  expect(finished.code).toBe(1)
  expect(finished.stderr).not.toContain('internal/unexpected')
}
