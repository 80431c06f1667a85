import { describe, expect, it } from 'vitest'
import { actorId } from '../../core/ids.ts'
import type { OutsidePlatform, Placement } from '../../run/contract.ts'
import { readPlatform } from '../../run/platform.ts'
import { admission, wirePlatform } from './admission.ts'

const student = actorId('student/agent')
const numpy: OutsidePlatform = {
  engine: 'numpy 1.24.2',
  provider: 'cpu',
  arch: 'x64',
  instructions: 'avx2',
  runtime: 'python 3.11',
}

function door(placement: Placement, policy: 'refuse' | 'inexact' = 'refuse') {
  const known = new Map<string, OutsidePlatform>()
  const inexact: string[] = []
  const admit = admission({
    platform: readPlatform(),
    policy,
    placement: () => placement,
    known: (actor) => known.get(actor) ?? null,
    remember: (actor, platform) => known.set(actor, platform),
    inexact: (_, reason) => inexact.push(reason),
  })
  return { admit, known, inexact }
}

describe('admission', () => {
  it('takes a node of the same platform and refuses another one by name', () => {
    const { admit } = door('node:gpu')
    const own = wirePlatform(readPlatform())
    admit(student, own)
    expect(() => admit(student, { ...own, instructions: 'avx512f' })).toThrow(
      expect.objectContaining({
        code: 'attach/platform',
        message: expect.stringContaining("→ 'avx512f'"),
      }),
    )
    expect(() => admit(student, null)).toThrow(expect.objectContaining({ code: 'attach/platform' }))
  })

  it('holds an outsider to the platform of the first one in its place', () => {
    const { admit, known, inexact } = door('attach')
    admit(student, numpy)
    expect(known.get(student)).toEqual(numpy)
    admit(student, numpy)
    expect(() => admit(student, { ...numpy, engine: 'numpy 2.0.0' })).toThrow(/numpy 2\.0\.0/)
    expect(inexact).toEqual([])
  })

  it('takes another platform where the config says so, and says that the run is not exact', () => {
    const { admit, inexact } = door('attach', 'inexact')
    admit(student, numpy)
    admit(student, { ...numpy, runtime: 'python 3.12' })
    expect(inexact).toEqual([expect.stringContaining("runtime 'python 3.11' → 'python 3.12'")])
  })

  it('says that a run with an outsider of unknown platform is not exact', () => {
    const { admit, inexact } = door('attach')
    admit(student, null)
    expect(inexact).toHaveLength(1)
  })
})
