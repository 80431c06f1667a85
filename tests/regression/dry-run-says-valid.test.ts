import { accessSync, constants, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agonHere } from '../support/command-here.ts'
import { agon, type Ended, tinyConfig } from '../support/control.ts'

let folder = ''
let config = ''
const taken = createServer()
const at = (name: string): string => join(folder, name)
const port = (): number => (taken.address() as AddressInfo).port

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agon-dry-'))
  config = tinyConfig(folder, 'tiny', ['budget: {cycles: 1}'])
  writeFileSync(at('file'), 'text')
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  taken.close()
  rmSync(folder, { recursive: true })
})

/** A folder that even the superuser cannot write to, where this machine has one. */
const READ_ONLY = ['/sys', '/sys/fs/cgroup'].find((path) => {
  try {
    accessSync(path, constants.W_OK)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EROFS'
  }
})

interface Refused {
  readonly what: string
  readonly code: string
  readonly words: () => readonly string[]
  readonly token?: string
}

const REFUSED: readonly Refused[] = [
  { what: '--out that is a file', code: 'run/unwritable', words: () => ['--out', at('file')] },
  { what: '--out below a file', code: 'run/unwritable', words: () => ['--out', at('file/a/b')] },
  { what: '--out that holds something', code: 'run/exists', words: () => ['--out', folder] },
  {
    what: 'a name too long for the disk',
    code: 'system/enametoolong',
    words: () => ['--out', at('x'.repeat(300))],
  },
  {
    what: 'a listener in the clear',
    code: 'wire/insecure',
    words: () => ['--listen', '0.0.0.0:0'],
  },
  {
    what: 'a port that is taken',
    code: 'wire/listen',
    words: () => ['--listen', `127.0.0.1:${port()}`],
  },
  {
    what: 'a certificate that is not there',
    code: 'wire/certificate',
    words: () => ['--tls-cert', at('none.pem'), '--tls-key', at('none.key')],
  },
  { what: 'a token that is too short', code: 'wire/token-weak', words: () => [], token: 'short' },
  {
    what: 'weights that are not there',
    code: 'policy/missing',
    words: () => ['--init', at('none.onnx')],
  },
  {
    what: 'a module that is not there',
    code: 'config/invalid',
    words: () => ['--set', 'env={id: ./none.mjs}'],
  },
]

describe('agon run --dry-run refuses what agon run refuses', () => {
  it.each(REFUSED)('$what: $code', async ({ what, code, words, token }) => {
    const out = words().includes('--out') ? [] : ['--out', at(`new-${what.replaceAll(' ', '-')}`)]
    const args = ['run', config, '--json', ...out, ...words()]
    // A token comes with the environment of a process.
    const told = (words: readonly string[]): Promise<Ended> =>
      token === undefined ? agonHere(words) : agon(words, { AGON_TOKEN: token })
    const dry = await told([...args, '--dry-run'])
    expect(dry.events.at(-1)).toMatchObject({ kind: 'error', code })
    expect(dry.code).toBe(2)
    const real = await told(args)
    expect(real.events).toEqual(dry.events)
    expect(real.code).toBe(2)
    if (out.length > 0) expect(existsSync(out[1])).toBe(false)
  })

  it.runIf(READ_ONLY !== undefined)('a read-only disk: run/unwritable', async () => {
    const args = ['run', config, '--json', '--out', `${READ_ONLY}/run`]
    const [dry, real] = [await agonHere([...args, '--dry-run']), await agonHere(args)]
    expect(dry.events.at(-1)).toMatchObject({ code: 'run/unwritable' })
    expect(real.events).toEqual(dry.events)
  })
})

describe('--dry-run with --or-resume', () => {
  it('takes what has begun, and refuses it under another config', async () => {
    const run = at('begun')
    expect((await agonHere(['run', config, '--out', run])).code).toBe(0)
    const again = ['run', config, '--out', run, '--or-resume', '--json']
    expect((await agonHere([...again, '--dry-run'])).code).toBe(0)
    const other = [...again, '--seed', '7']
    const [dry, real] = [await agonHere([...other, '--dry-run']), await agonHere(other)]
    expect(dry.events.at(-1)).toMatchObject({ code: 'run/config-changed' })
    expect([dry.code, real.code]).toEqual([4, 4])
    expect(real.events).toEqual(dry.events)
  })
})

it('leaves nothing where all is well, and the port free', async () => {
  const args = ['run', config, '--dry-run', '--out', at('none'), '--json']
  const dry = await agonHere(args)
  expect(dry.code).toBe(0)
  expect(dry.events).toMatchObject([{ kind: 'estimate' }])
  expect(existsSync(at('none'))).toBe(false)
})
