import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { makeProject, placeOf, SHORT } from '../support/project.ts'
import { sampled } from '../support/tiers.ts'

const project = makeProject()
afterAll(() => rmSync(project.dir, { recursive: true }))

const STEP = '  step(actions: Int32Array, out: StepBuffers): void {'
const THROW = "throw new TypeError('wall has no door')"
const inStep = (statement: string): string => `${STEP}\n    if (this.#time[0] > 3) ${statement}`
let runs = 0

async function fails(settings: readonly string[], debug = false) {
  const out = project.file(`run-${runs++}`)
  const args = ['run', project.file('experiment.yaml'), '--out', out, ...SHORT, ...settings]
  const finished = debug
    ? await agon(args, undefined, { ...process.env, AGON_DEBUG: '1' })
    : await jsonHere(args)
  return { ...finished, error: finished.events.findLast(({ kind }) => kind === 'error') ?? {} }
}

describe('what a module of a user throws is told with its place in the source', () => {
  it.each([
    ['a thread', []],
    ['a process', ['--set', 'placement.student=process']],
  ])('from %s, with the way it took under AGON_DEBUG=1', async (_, settings) => {
    project.edit('my-env.ts', 'boom.ts', STEP, inStep(THROW))
    const { code, error, stderr } = await fails(['--set', 'env.id=./boom.ts', ...settings], true)
    const place = placeOf(project.file('boom.ts'), 'new TypeError')
    expect(error).toMatchObject({ code: 'module/threw', origin: `${place} in Beacons.step` })
    expect(error.message).toContain('TypeError: wall has no door')
    expect(stderr).not.toContain('defect of Agon')
    expect(stderr).toContain(`at Beacons.step (${place})`)
    expect(code).toBe(1)
  })

  it('from an adversary in the thread of the hub', async () => {
    project.edit(
      'my-adversary.ts',
      'deaf.ts',
      'observe(archive, { outcomes }) {',
      "observe(archive, { outcomes }) {\n      throw new RangeError('cannot hear')",
    )
    const { error } = await fails(['--set', 'adversary.id=./deaf.ts'])
    const place = placeOf(project.file('deaf.ts'), 'new RangeError')
    expect(error).toMatchObject({ code: 'module/threw', origin: `${place} in observe` })
  })

  it('from a recursion without end, before anything begins', async () => {
    project.edit(
      'my-env.ts',
      'endless.ts',
      'return distance(level) === 0 ? sample(stream) : level',
      'return sample(stream)',
    )
    const { code, error } = await fails(['--set', 'env.id=./endless.ts'])
    expect(error).toMatchObject({
      code: 'config/invalid',
      origin: expect.stringMatching(/endless\.ts:\d+:\d+ in (sample|cell)$/),
    })
    expect(code).toBe(2)
  })

  const odd = [
    ['what cannot be shown', 'Object.create(null)', 'object'],
    ['text', "'no more'", 'no more'],
    ['nothing', 'null', 'null'],
  ]
  it.each(sampled(odd, 1))(
    'also where %s was thrown, which has no place',
    async (_, thrown, shown) => {
      project.edit('my-env.ts', 'odd.ts', STEP, inStep(`throw ${thrown}`))
      const { error, stderr } = await fails(['--set', 'env.id=./odd.ts'])
      expect(error).toMatchObject({ code: 'module/threw' })
      expect(error.message).toContain(`what is no Error: ${shown}`)
      expect(stderr).not.toContain('defect of Agon')
    },
  )

  it('and a message without end is cut, its frames are not', async () => {
    project.edit('my-env.ts', 'long.ts', STEP, inStep("throw new Error('x'.repeat(1e7))"))
    const { error } = await fails(['--set', 'env.id=./long.ts'], true)
    expect(error.origin).toContain(project.file('long.ts'))
    expect(JSON.stringify(error).length).toBeLessThan(10_000)
    expect(error.stack).toContain('at Beacons.step')
  })
})

describe('a module that cannot be read is told with line and column', () => {
  it.each([
    ['TypeScript', 'broken.ts', 'export const a: number = 1\nexport const = 2\n', ''],
    ['JavaScript', 'broken.mjs', 'export const a = 1\nexport const = 2\n', ''],
    ['a module that it imports', 'whole.ts', "import './broken.mjs'\n", 'broken.mjs'],
    ['a module that a script imports', 'whole.mjs', "import './broken.mjs'\n", 'broken.mjs'],
  ])('%s', async (_, name, text, at) => {
    project.write('broken.mjs', 'export const a = 1\nexport const = 2\n')
    project.write(name, text)
    const { code, error } = await fails(['--set', `env.id=./${name}`, '--dry-run'])
    expect(error.message).toContain(`${project.file(at || name)}:2:14`)
    expect(error.message).toContain('Unexpected token')
    expect(code).toBe(2)
  })
})
