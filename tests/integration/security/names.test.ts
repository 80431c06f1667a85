import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ACTORS, agon, dial, ENVIRONMENTS, EXPERIMENTS } from '../../../src/wire/index.ts'
import { codeOf, helloOf, plain, say, siege } from '../../support/besieged-run.ts'
import { published, tinyConfig } from '../../support/control.ts'

// Each test is a row of the table in docs/security.md.

const ATTACH = ACTORS.methods.attach.path
const JOIN = ACTORS.methods.join.path
const camp = siege()

describe('names', () => {
  const TRICKS = ['../../x', '/etc/x', 'a\0b', 'a\nb', '\u001b[2J', 'x'.repeat(100_000)]

  it('with paths, control characters, or without end lead nowhere', async () => {
    const waiting = await camp.run('names')
    const seen = readdirSync(camp.folder()).sort()
    const codes = new Set<string>()
    const connection = dial(plain(waiting.address, waiting.token))
    for (const trick of TRICKS) {
      for (const hello of [{ slot: trick }, { session: trick }, { ticket: trick }])
        codes.add(codeOf(await say(waiting, ATTACH, helloOf(hello))))
      const described = connection.unary(ENVIRONMENTS.methods.describe, { environment: trick })
      codes.add(
        await described.then(
          () => 'ok',
          ({ code }) => code,
        ),
      )
    }
    connection.close()
    expect([...codes].sort()).toEqual(
      expect.arrayContaining(['attach/slot', 'attach/ticket', 'wire/hello', 'wire/session']),
    )
    expect([...codes].filter((code) => code === 'ok' || code.startsWith('unnamed'))).toEqual([])
    for (const name of TRICKS.slice(2))
      expect(codeOf(await say(waiting, ATTACH, helloOf({ name })))).toBe('wire/hello')
    for (const trick of TRICKS.slice(2)) {
      const offer = { versions: [1], places: 1, label: trick, agon: '0' }
      const { answers } = await say(waiting, JOIN, agon.v1.NodeReport.encode({ offer }).finish())
      expect(agon.v1.NodeOrder.decode(answers[0]).refused?.code).toBe('wire/hello')
    }
    await waiting.completes()
    expect(readdirSync(camp.folder()).sort()).toEqual(seen)
    expect(readFileSync(join(waiting.directory, 'journal.jsonl'), 'utf8')).not.toContain('etc/x')
  })

  it('of runs that are launched stay in their folder', async () => {
    const root = join(camp.folder(), 'root', 'runs')
    mkdirSync(root, { recursive: true })
    camp.begin(['hub', '--root', root])
    const { address, token } = await published(root)
    const text = readFileSync(tinyConfig(camp.folder(), 'tiny', ['budget: {cycles: 1}']), 'utf8')
    const connection = dial(plain(address, token))
    const before = readdirSync(root).sort()
    for (const name of [...TRICKS, '.', '..', 'hub.json', 'a/b', 'a\\b'])
      await expect(
        connection.unary(EXPERIMENTS.methods.launch, { config: text, name }),
        JSON.stringify(name.slice(0, 20)),
      ).rejects.toMatchObject({ code: expect.stringMatching(/^(run|control|usage)\//) })
    connection.close()
    expect(readdirSync(root).sort()).toEqual(before)
    expect(readdirSync(join(camp.folder(), 'root'))).toEqual(['runs'])
  })
})
