import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLI, type RealProcess, realProcess, until } from '../support/real-process.ts'
import { NEEDS_REAL_PACKAGES, REAL_PYTHON } from '../support/real-python.ts'

// What docs/attach-python.md tells people to type, typed: its files as they stand there, its lines in a shell. Runs are
// cut short, and pip installs beside the real packages instead of into an environment of its own.
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PAGE = readFileSync(join(ROOT, 'docs/attach-python.md'), 'utf8')
const SHORT = `--set budget='{cycles: 1}' --set evaluation='{suite: "random:2", every: 0}'`

const folder = mkdtempSync(join(tmpdir(), 'agon-page-'))
const started: RealProcess[] = []
afterAll(() => {
  for (const { child } of started) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

/** The page's fenced blocks of a language, with the file name that the text before them gives. */
function blocks(language: string): { readonly name: string; readonly text: string }[] {
  const found = PAGE.matchAll(new RegExp(`([^\\n]*)\\n\\n\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))
  return [...found].map(([, before, text]) => ({
    name: [...before.matchAll(/`([\w.]+\.(?:py|yaml))`/g)].at(-1)?.[1] ?? '',
    text,
  }))
}

const shell = (line: string): RealProcess => {
  const made = realProcess('sh', ['-c', `exec ${line.replace(/#.*/, '')}`], {
    cwd: folder,
    env: { ...process.env, PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter) },
  })
  started.push(made)
  return made
}

async function typed(line: string): Promise<void> {
  const { code, stdout, stderr } = await shell(line).ended
  expect(code, `${line}\n${stdout}${stderr}`).toBe(0)
}

function program(name: string, text: string): void {
  const path = join(folder, 'bin', name)
  writeFileSync(path, `#!/bin/sh\n${text}\n`)
  chmodSync(path, 0o755)
}

describe.skipIf(REAL_PYTHON === null)(`docs/attach-python.md ${NEEDS_REAL_PACKAGES}`, () => {
  const [attach = '', hosting = ''] = blocks('sh').map(({ text }) => text)
  const lines = (block: string) => block.trim().split('\n')

  beforeAll(() => {
    mkdirSync(join(folder, 'bin'))
    mkdirSync(join(folder, 'clients'))
    symlinkSync(join(ROOT, 'recipes'), join(folder, 'recipes'))
    cpSync(join(ROOT, 'clients/python'), join(folder, 'clients/python'), {
      recursive: true,
      filter: (path) => !/__pycache__|\.mypy_cache|\.egg-info|python\/build/.test(path),
    })
    program('agon', `exec '${process.execPath}' '${CLI}' "$@" ${SHORT}`)
    program('python3', `PYTHONPATH='${folder}/site' exec '${REAL_PYTHON}' "$@"`)
    // A package that is there already is not asked for again.
    program(
      'pip',
      `case "$2" in ./*) set -- "$@" --no-deps --target site;; esac\nexec '${REAL_PYTHON}' -m pip --retries 0 "$@"`,
    )
    for (const { name, text } of [...blocks('python'), ...blocks('yaml')])
      writeFileSync(join(folder, name), text)
  })

  it('has a file for every block of code, and two blocks to type', () => {
    const named = [...blocks('python'), ...blocks('yaml')].map(({ name }) => name)
    expect(named).toEqual(['host.py', 'prompts.py', 'cartpole.yaml'])
    expect(PAGE.match(/^```\w/gm)).toHaveLength(named.length + 2)
  })

  it('the package installs, and a student attaches from a second shell', async () => {
    const [install, run, student] = lines(attach)
    await typed(install)
    expect(existsSync(join(folder, 'site/agon_client/py.typed'))).toBe(true)
    const first = shell(run)
    await typed(student)
    expect((await first.ended).code).toBe(0)
    expect(existsSync(join(folder, 'runs/attach/report.html'))).toBe(true)
  })

  it('an environment is hosted, and a run trains in it', async () => {
    const [install, host, run] = lines(hosting)
    await typed(install)
    const hosted = shell(host)
    await until('it listened', () => existsSync(join(folder, 'cartpole.json')), hosted)
    await typed(run)
    expect(existsSync(join(folder, 'runs/cartpole/policy.onnx'))).toBe(true)
    hosted.child.kill('SIGINT')
    expect(await hosted.ended).toMatchObject({ code: 0, stdout: '', stderr: '' })
  })

  it('levels alone are served', async () => {
    const hosted = shell('python3 prompts.py')
    const file = join(folder, 'prompts.json')
    await until('it listened', () => existsSync(file), hosted)
    hosted.child.kill('SIGTERM')
    expect((await hosted.ended).code).toBe(0)
  })
})
