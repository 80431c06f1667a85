import { rmSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { makeProject, SHORT } from '../support/project.ts'

const project = makeProject()
afterAll(() => rmSync(project.dir, { recursive: true }))
const NEVER = 'await new Promise(() => {})\n'

it.each([
  [['run', project.file('experiment.yaml'), '--dry-run', '--set', 'env.id=./never.ts']],
  [['env', project.file('never.ts')]],
])('agon %j says which import never ends', async (args) => {
  project.write('never.ts', `${NEVER}export const environment = null\n`)
  const { code, stderr } = await agon(args)
  expect(stderr).toContain(`the import of ${project.file('never.ts')} does not end`)
  expect(code).toBe(2)
})

it.each(['local', 'process'])(
  'nor does an import end without a word that stops in a thread (placement %s)',
  async (placement) => {
    const thread = "import { isMainThread } from 'node:worker_threads'\n"
    project.edit('my-env.ts', 'thread.ts', 'import', `${thread}if (!isMainThread) ${NEVER}import`)
    const out = project.file(`run-${placement}`)
    const settings = ['--set', 'env.id=./thread.ts', '--set', `placement.student=${placement}`]
    const { events } = await agon([
      'run',
      project.file('experiment.yaml'),
      '--out',
      out,
      ...SHORT,
      ...settings,
    ])
    const error = events.findLast(({ kind }) => kind === 'error')
    expect(error).toMatchObject({ code: 'module/unsettled' })
  },
)

it('a module that ends the process is named as such', async () => {
  project.write('leave.mjs', 'process.exit(7)\n')
  const args = ['run', project.file('experiment.yaml'), '--dry-run', '--set', 'env.id=./leave.mjs']
  const { code, stderr } = await agon(args)
  expect(stderr).toContain('module/exit')
  expect(code).toBe(1)
})
