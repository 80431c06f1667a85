import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../core/bytes.ts'
import { AgonError } from '../../core/errors.ts'
import type { RunConfig } from '../contract.ts'
import { formatConfig } from './format-config.ts'
import { type LoadOptions, loadConfig, parseConfig } from './load-config.ts'
import type { ConfigProblem } from './problems.ts'

const FILE = fileURLToPath(new URL('../../../tests/fixtures/config/corridor.yaml', import.meta.url))
const BASE = `
env: { id: ./corridor.mjs }
adversary: ./teacher.ts
student: ./learner.mjs
budget: { cycles: 10 }
`

const parse = (text: string, options?: LoadOptions): Promise<RunConfig> =>
  parseConfig(utf8(text), FILE, options)

async function problemsOf(text: string, options?: LoadOptions): Promise<readonly ConfigProblem[]> {
  const error: unknown = await parse(text, options).then(
    () => new Error('it was taken'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof AgonError)) throw error
  expect(error.code).toBe('config/invalid')
  return (error.fields.problems as ConfigProblem[]).map((problem) => ({
    ...problem,
    place: problem.place.replace(FILE, 'f.yaml'),
  }))
}

describe('loadConfig', () => {
  it('fills in every default, its own and those of the parts', async () => {
    const config = await loadConfig(FILE)
    expect(config.name).toBe('corridor')
    expect(config.env.options).toEqual({
      profile: 'easy',
      length: 20,
      walls: 3,
      limits: { steps: 50 },
    })
    expect(config.adversary.id).toBe('./teacher.ts')
    expect(config.adversary.module).toMatch(/^file:.*\/tests\/fixtures\/config\/teacher\.ts$/)
    expect(config.students).toMatchObject({ agent: { options: { envs: 8, steps: 256 } } })
    expect(config.evaluation).toEqual({
      suite: 'corridor/short + random:50',
      episodes: 1,
      every: 250,
      final: { suite: 'corridor/short + random:50', episodes: 4 },
      seed: 0,
      workers: 1,
      device: 'cpu',
    })
    expect(config.budget).toEqual({ gradientUpdates: 100 })
    expect(config.cuts).toEqual({ every: 100, keep: 2 })
  })

  it('reads back what it writes, from another folder too', async () => {
    const config = await loadConfig(FILE, { set: ['env.profile=hard'] })
    const text = formatConfig(config)
    const again = await parseConfig(utf8(text), '/elsewhere/config.yaml')
    expect(again).toEqual(config)
    expect(formatConfig(again)).toBe(text)
  })

  it('takes several students, sorted by slot', async () => {
    const config = await parse(
      BASE.replace(
        'student: ./learner.mjs',
        'students: { b: ./learner.mjs, a: { id: ./learner.mjs, envs: 4 } }',
      ),
    )
    expect(Object.keys(config.students)).toEqual(['a', 'b'])
    const again = await parse(formatConfig(config))
    expect(again).toEqual(config)
  })

  it('applies --set in order, with YAML types, and --seed', async () => {
    const config = await parse(BASE, {
      set: [
        'env.length=3',
        'env.length=4',
        'budget.envSteps=500',
        'student.ppo.epochs=2',
        'tensorboard=false',
      ],
      seed: 5,
    })
    expect(config.env.options.length).toBe(4)
    expect(config.students).toMatchObject({ agent: { options: { ppo: { epochs: 2 } } } })
    expect(config.budget).toEqual({ envSteps: 500 })
    expect(config.tensorboard).toBe(false)
    expect(config.seed).toBe(5)
  })
})

it('auto workers are numbers of this machine once read, and what is written has them', async () => {
  const config = await parseConfig(utf8(BASE), FILE, {
    set: ['workers=auto', 'evaluation.workers=auto'],
  })
  expect(config.workers).toBeGreaterThanOrEqual(1)
  expect(config.evaluation.workers).toBeGreaterThanOrEqual(1)
  expect(formatConfig(config)).toContain(`\nworkers: ${config.workers}\n`)
})

describe('a bad config', () => {
  it('names line, column and nearest key of an unknown key, at any depth', async () => {
    const text = BASE.replace(
      'id: ./corridor.mjs',
      'id: ./corridor.mjs, lenght: 3, limits: { step: 3 }',
    ).replace('budget', 'sede: 3\nbudget')
    expect(await problemsOf(text)).toMatchObject([
      { place: 'f.yaml:5:1', path: 'sede', nearest: 'seed', message: 'is not a known key' },
      { place: 'f.yaml:2:28', path: 'env.lenght', nearest: 'length' },
      { place: 'f.yaml:2:49', path: 'env.limits.step', nearest: 'steps' },
    ])
  })

  it('finds keys that a lenient schema would drop silently', async () => {
    const text = BASE.replace(
      'adversary: ./teacher.ts',
      'adversary: { id: ./teacher.ts, capasity: 3 }',
    )
    expect(await problemsOf(text)).toMatchObject([
      { path: 'adversary.capasity', nearest: 'capacity' },
    ])
  })

  it('does not tell that a misspelt key is also missing', async () => {
    const problems = await problemsOf(BASE.replace('adversary', 'adversry'))
    expect(problems).toMatchObject([{ path: 'adversry', nearest: 'adversary' }])
  })

  it('lists allowed values and the nearest one', async () => {
    const text = BASE.replace('./teacher.ts', '{ id: ./teacher.ts, score: maxmc }')
    expect(await problemsOf(text)).toEqual([
      {
        place: 'f.yaml:3:39',
        path: 'adversary.score',
        message: "must be one of max-mc, positive-value-loss, not 'maxmc'",
        nearest: 'max-mc',
        allowed: ['max-mc', 'positive-value-loss'],
      },
    ])
  })

  it.each([
    ['seed: -1', 'seed', 'must be at least 0, not -1'],
    ['seed: .nan', 'seed', 'must be a number, not .nan'],
    ['seed: 1e999', 'seed', 'must be a number, not 1e999'],
    ['seed: 4294967296', 'seed', 'must be at most 4294967295, not 4294967296'],
    ['seed: 1.5', 'seed', 'must be a whole number, not 1.5'],
    ['seed: ~', 'seed', 'must be a number, not ~'],
    ['name: ../../etc', 'name', 'must be letters'],
    ['workers: many', 'workers', "must be a number or auto, not 'many'"],
    ['cuts: [1, 2]', 'cuts', 'must be a mapping, not a list of 2'],
    ['seed: 9007199254740993', 'seed', 'must be at most 4294967295, not 9007199254740993'],
    ['seed: 0xFFFFFFFFFF', 'seed', 'must be at most 4294967295, not 0xFFFFFFFFFF'],
    ['seed: .5', 'seed', 'must be a whole number, not .5'],
    ['evaluation: { suite: "random:0" }', 'evaluation.suite', "from 1 to 999999, not '0'"],
    [
      'evaluation: { suite: "random:99999999999" }',
      'evaluation.suite',
      "from 1 to 999999, not '99999999999'",
    ],
    ['evaluation: { env: { id: maze } }', 'evaluation.env.id', "must be that of env, './corridor"],
    ['slurm: { time: infinite }', 'slurm.time', 'must be minutes such as 90'],
    [
      'evaluation: { suite: corridor/shrt }',
      'evaluation.suite',
      "there is no suite 'corridor/shrt'",
    ],
    [
      'evaluation: { final: { suite: "random:9+x" } }',
      'evaluation.final.suite',
      "there is no suite 'x'",
    ],
    ['students: { a: ./learner.mjs }', 'students', 'stands beside `student`'],
    ['students: { "a b": ./learner.mjs }', 'students.a b', 'a slot is named by'],
    [
      'placement: { student: cloud }',
      'placement.student',
      'must be local, thread, process, node:<label> or attach',
    ],
  ])('%s', async (line, path, message) => {
    const problems = await problemsOf(`${BASE}${line}\n`)
    const found = problems.find((problem) => problem.path === path)
    expect(found?.message).toContain(message)
    expect(found?.place).toMatch(/^f\.yaml:6:/)
  })

  it.each([
    ['budget: {}', 'must have exactly one of'],
    ['budget: { cycles: 1, envSteps: 2 }', 'must have exactly one of'],
    ['budget: 3', 'must be a mapping'],
    ['', 'is missing'],
  ])('budget %s', async (line, message) => {
    const [problem] = await problemsOf(BASE.replace('budget: { cycles: 10 }', line))
    expect(problem).toMatchObject({ path: 'budget' })
    expect(problem.message).toContain(message)
  })

  it.each([
    ['a tab', 'env:\n\tid: maze\n', /use spaces/],
    ['a wrong indentation', 'env: maze\n  width: 7\n', /has a value already/],
    ['an open bracket', `${BASE}cuts: { every: 3`, /./],
    ['a duplicate key', `${BASE}seed: 1\nseed: 2\n`, /second time/],
    ['an unknown tag', `${BASE}name: !!js/function x\n`, /tag/i],
    ['two documents', `${BASE}---\na: 1\n`, /document/i],
    ['a missing anchor', `${BASE}name: *gone\n`, /gone/],
    ['a key that is a list', `${BASE}? [a, b]\n: 1\n`, /plain text/],
    ['the key __proto__', `${BASE}__proto__: { a: 1 }\n`, /known key/],
    ['nothing at all', '# empty\n', /is empty/],
    ['a list', '- a\n', /not a mapping/],
    ['deep nesting', `name: ${'['.repeat(50_000)}`, /nested too deeply/],
    ['a large file', `${BASE}#${'x'.repeat(300_000)}`, /limit/],
  ])('%s is refused with a place', async (_, text, message) => {
    const problems = await problemsOf(text)
    expect(problems[0].message).toMatch(message)
    expect(problems[0].place).toMatch(/^f\.yaml/)
  })

  it('bounds what aliases may grow to', async () => {
    const lines = Array.from(
      { length: 12 },
      (_, i) => `x${i + 1}: &x${i + 1} [${Array(9).fill(`*x${i}`).join(', ')}]`,
    )
    const problems = await problemsOf(`x0: &x0 [lol]\n${lines.join('\n')}\n`)
    expect(problems[0].message).toContain('aliases')
  })

  it('points into aliased mappings', async () => {
    const text = BASE.replace('env: {', 'seed: &n -4\nenv: { length: *n,')
    const problems = await problemsOf(text)
    expect(problems).toMatchObject([
      { path: 'seed', place: 'f.yaml:2:10' },
      { path: 'env.length', place: 'f.yaml:3:16' },
    ])
  })

  it('blames a bad --set on the command line', async () => {
    expect(await problemsOf(BASE, { set: ['env.lenght=3', 'workers=0'] })).toMatchObject([
      { place: '--set workers=0', path: 'workers' },
      { place: '--set env.lenght=3', path: 'env.lenght', nearest: 'length' },
    ])
    expect(
      await problemsOf(BASE, { set: ['workers', '=3', 'a..b=1', '__proto__.x=1', 'seed=[1'] }),
    ).toHaveLength(5)
  })

  it('names ids, modules and exports that are not there', async () => {
    const [missing] = await problemsOf(BASE.replace('./teacher.ts', 'acel'))
    expect(missing).toMatchObject({ place: 'f.yaml:3:12', path: 'adversary.id', nearest: 'accel' })
    const [gone] = await problemsOf(BASE.replace('./teacher.ts', './gone.ts'))
    expect(gone.message).toContain('there is no file')
    const [shape] = await problemsOf(BASE.replace('./teacher.ts', './learner.mjs'))
    expect(shape.message).toContain("has no export named 'adversary'; it has student")
    const [unstable] = await problemsOf(BASE.replace('./learner.mjs', './unstable.mjs'))
    expect(unstable.message).toContain('change when they are read a second time')
  })

  it('finds generators whose levels cannot be attempted', async () => {
    const [problem] = await problemsOf(BASE.replace('corridor.mjs', 'corridor.mjs, length: 2000'))
    expect(problem).toMatchObject({ path: 'env' })
    expect(problem.message).toContain('the goal is too far away')
  })

  it('says so when there is no file', async () => {
    await expect(loadConfig('/gone/x.yaml')).rejects.toMatchObject({
      code: 'config/missing',
      place: '/gone/x.yaml',
    })
    await expect(loadConfig('/')).rejects.toMatchObject({ code: 'config/missing' })
  })
})
