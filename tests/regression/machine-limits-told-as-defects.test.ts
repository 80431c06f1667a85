import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NODE_NEEDED } from '../../dist/core/node-version.js'
import { makeProject, SHORT } from '../support/project.ts'
import { sampled } from '../support/tiers.ts'

const ROOT = dirname(createRequire(import.meta.url).resolve('agon/package.json'))
const CLI = join(ROOT, 'dist/cli/agon.js')
const folder = mkdtempSync(join(tmpdir(), 'agon-limits-'))
const project = makeProject()
const CONFIG = project.file('experiment.yaml')
afterAll(() => {
  for (const each of [folder, project.dir]) rmSync(each, { recursive: true, force: true })
})

/** A shell's command line after `before`, which sets a limit or a place. */
function shell(before: string, ...args: readonly string[]) {
  const words = args.map((word) => `'${word}'`).join(' ')
  const command = `${before}exec '${process.execPath}' '${CLI}' ${words}`
  const { status, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8', cwd: folder })
  return { status, stderr }
}

function isTold({ status, stderr }: ReturnType<typeof shell>, code: string, remedy: string): void {
  expect(stderr).toContain(`[system/${code}]`)
  expect(stderr).toContain(remedy)
  expect(stderr).not.toContain('defect of Agon')
  expect(status).toBe(2)
}

describe.skipIf(process.platform === 'win32')(
  'limits of the machine have a code and a remedy',
  () => {
    it.each(sampled([24, 64, 40], 1))('with %d open files', (files) => {
      isTold(shell(`ulimit -n ${files}; `, 'run', CONFIG, '--out', 'few'), 'emfile', 'ulimit -n')
      expect(existsSync(join(folder, 'few'))).toBe(false)
    })

    it('with a name that is too long', () => {
      const long = 'x'.repeat(300)
      isTold(shell('', 'run', CONFIG, '--out', long), 'enametoolong', 'shorter')
    })

    it('in a working directory that is gone', () => {
      const gone = 'mkdir gone; cd gone; rmdir ../gone; '
      isTold(shell(gone, 'run', CONFIG, '--dry-run'), 'cwd', 'cd')
    })

    it('with links that lead in a circle', () => {
      symlinkSync('loop', join(folder, 'loop'))
      isTold(shell('', 'hub', '--root', 'loop/x'), 'eloop', 'ls -l')
    })

    it('with a file in the place of a folder', () => {
      writeFileSync(join(folder, 'plain'), '')
      isTold(
        shell('', 'env', 'maze', '--rendezvous', 'plain/maze.json'),
        'enotdir',
        'move the file',
      )
    })

    it.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux')(
      'on a disk that can only be read',
      () => {
        mkdirSync(join(folder, 'disk'))
        const readOnly = 'mount -t tmpfs -o ro none disk && '
        const inNamespace = (...args: string[]) => {
          const words = args.map((word) => `'${word}'`).join(' ')
          const command = `${readOnly}exec '${process.execPath}' '${CLI}' ${words}`
          return spawnSync('unshare', ['-m', 'sh', '-c', command], {
            encoding: 'utf8',
            cwd: folder,
          })
        }
        isTold(inNamespace('hub', '--root', 'disk'), 'erofs', 'can be written')
        isTold(inNamespace('env', 'maze', '--rendezvous', 'disk/m.json'), 'erofs', 'can be written')
      },
    )
  },
)

describe('a folder in the place of a file of a run is named', () => {
  const base = project.file('base')
  beforeAll(() => {
    const { status } = shell('', 'run', CONFIG, '--out', base, ...SHORT, '--set', 'cuts.every=1')
    expect(status).toBe(0)
  })

  const resumed = (name: string) => {
    const run = project.file('resumed')
    rmSync(run, { recursive: true, force: true })
    cpSync(base, run, { recursive: true })
    rmSync(join(run, name), { recursive: true, force: true })
    mkdirSync(join(run, name))
    return shell('', 'resume', run, '--set', 'budget.cycles=3')
  }

  it.each(sampled(['metrics.jsonl', 'hub.json', 'timings.jsonl', 'hub.token'], 1))('%s', (name) => {
    const finished = resumed(name)
    expect(finished.stderr).toContain(`resumed/${name}: `)
    isTold(finished, 'eisdir', 'move the folder')
  })

  it('cuts/2/policy.onnx, and the cut before is taken', () => {
    const { status, stderr } = resumed('cuts/2/policy.onnx')
    expect(stderr).toMatch(/warning .*cuts\/2\/policy\.onnx: .*\[system\/eisdir\]/)
    expect(status).toBe(0)
  })
})

describe('an old Node', () => {
  it('is what the package says that it is', () => {
    const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    expect(engines.node).toBe(`>=${NODE_NEEDED}`)
  })

  it.each([
    ['the command line', [CLI, 'run', CONFIG, '--out', 'old']],
    ['the scripts', [join(ROOT, 'scripts/setup.mjs')]],
    ['the library', ['--input-type=module', '-e', "await import('agon')"]],
  ])('is refused by %s before anything is made', (_, args) => {
    const pretend =
      "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.8'})"
    const { status, stderr } = spawnSync(process.execPath, ['--import', pretend, ...args], {
      encoding: 'utf8',
      cwd: project.dir,
    })
    expect(stderr).toContain('20.19 or newer')
    expect(stderr).toContain('18.20.8')
    expect(stderr).toContain('system/node')
    expect(status).toBe(args[0] === '--input-type=module' ? 1 : 2)
    expect(existsSync(project.file('old'))).toBe(false)
  })
})
