import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../core/bytes.ts'
import type { AgonError } from '../../core/errors.ts'
import { configSha256 } from '../config-identity.ts'
import { formatConfig } from './format-config.ts'
import { parseConfig } from './load-config.ts'
import { applyResumeChanges } from './resume-changes.ts'

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../tests/fixtures/services/${name}.mjs`, import.meta.url))
const JUDGE = `judge: { id: ${fixture('counting')}, ms: 5, limits: { calls: 10 } }`
const PLAIN = 'env: maze\nadversary: dr\nbudget: { cycles: 1 }\n'

const read = (text: string) => parseConfig(utf8(`${PLAIN}${text}\n`), 'config.yaml')
const problemOf = (text: string): Promise<AgonError> =>
  read(text).then(
    () => {
      throw new Error('it was taken')
    },
    (error) => error,
  )

describe('services in a config', () => {
  it('have their options and limits, sorted by name, and survive being written', async () => {
    const config = await read(
      `services: { ${JUDGE}, arbiter: external }\ngraders: [judge]\nplacement: { services: { arbiter: attach } }`,
    )
    expect(Object.keys(config.services ?? {})).toEqual(['arbiter', 'judge'])
    expect(config.services?.judge).toMatchObject({
      options: { ms: 5, stateful: false },
      limits: { concurrency: 4, deadlineSeconds: 60, retries: 3, calls: 10 },
    })
    const again = await parseConfig(utf8(formatConfig(config)), 'config.yaml')
    expect(again).toEqual(config)
  })

  it('may be asked more at resume, and are the same otherwise', async () => {
    const config = await read(`services: { ${JUDGE} }`)
    const spent = { cycles: 1, gradientUpdates: 1, envSteps: 1 }
    const again = applyResumeChanges(config, ['services.judge.limits.calls=20'], spent)
    expect(again.services?.judge.limits.calls).toBe(20)
    expect(configSha256(again)).toBe(configSha256(config))
    expect(() => applyResumeChanges(config, ['services.judge.ms=7'], spent)).toThrow(
      /may not change/,
    )
    expect(() => applyResumeChanges(config, ['services.juge.limits.calls=7'], spent)).toThrow(
      /juge/,
    )
  })

  it('leave nothing behind where there are none', async () => {
    const config = await read('')
    expect(formatConfig(config)).not.toMatch(/services|graders/)
  })

  it.each([
    [
      'a module without one',
      `services: { judge: { id: ${fixture('asking')} } }`,
      "no export named 'service'",
    ],
    [
      'a grader that is none of them',
      `services: { ${JUDGE} }\ngraders: [juge]`,
      "did you mean 'judge'",
    ],
    ['a grader where there are none', 'graders: [judge]', 'services names none'],
    [
      'a grader named twice',
      `services: { ${JUDGE} }\ngraders: [judge, judge]`,
      'must name each once',
    ],
    [
      'a place for one that is not there',
      `services: { ${JUDGE} }\nplacement: { services: { juge: thread } }`,
      "there is no service 'juge'",
    ],
    ['an outsider who is not waited for', 'services: { judge: external }', 'must be attach'],
    ['two of one name', 'services: { judge: external, judge: external }', 'a second time'],
    [
      'a limit of no meaning',
      `services: { judge: { id: ${fixture('counting')}, limits: { call: 3 } } }`,
      "did you mean 'calls'",
    ],
    [
      'an option of no meaning',
      `services: { judge: { id: ${fixture('counting')}, mss: 3 } }`,
      "did you mean 'ms'",
    ],
    ['a name of no form', 'services: { "a judge": external }', 'a service is named by letters'],
  ])('refuse %s', async (_, lines, message) => {
    const error = await problemOf(lines)
    expect(error.code).toBe('config/invalid')
    expect(error.message).toContain(message)
  })
})
