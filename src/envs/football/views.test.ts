import { describe, expect, it } from 'vitest'
import { cardOfSetting } from '../../inference/card-of-setting.ts'
import type { PolicyCard } from '../../inference/contract.ts'
import { checkSeatable, viewOf } from '../../seats/view-of.ts'
import { nativeHere } from './native/testing/native-here.ts'
import { footballOptions } from './options.ts'
import { football, play } from './testing/play.ts'

const native = nativeHere()!
const SIDES = { scenario: '11_vs_11_stochastic', leftAgents: 10, rightAgents: 10 }
const OUTFIELD = { leftControllable: 'outfield', rightControllable: 'outfield' }
const GAMES = { ...SIDES, ...OUTFIELD, actionSet: 'v2' }

describe.skipIf(nativeHere() === null)('representations side by side', () => {
  const both = () => football(native, { ...GAMES, representation: ['tizero', 'grf-marl'] })
  const alone = (representation: string, given: object = {}) =>
    football(native, { ...GAMES, representation, ...given })
  const cardOf = (representation: string, given: object = {}): PolicyCard => ({
    ...cardOfSetting(alone(representation, given).spec),
    ...{ state: {}, decode: 'argmax', normalisation: {}, training: {} },
  })

  it('show what each shows alone, under names of its own', () => {
    const level = native.scenario('11_vs_11_stochastic', 2)
    const [shown, tizero, marl] = [both(), alone('tizero'), alone('grf-marl')].map((environment) =>
      play(environment, {}, level),
    )
    for (let t = 0; t < 3; t++) {
      for (const one of [shown, tizero, marl]) one.step(Array(20).fill(5))
      expect(shown.numbers('tizero/obs')).toEqual(tizero.numbers('obs'))
      expect(shown.numbers('tizero/mask')).toEqual(tizero.numbers('mask'))
      expect(shown.numbers('grf-marl/obs')).toEqual(marl.numbers('obs'))
    }
  })

  it('seat the policies of each, of either action set', () => {
    const environment = both()
    expect(environment.views).toEqual(['tizero', 'grf-marl'])
    for (const actionSet of ['default', 'v2'])
      expect(() => checkSeatable(cardOf('grf-marl', { actionSet }), environment)).not.toThrow()
    const card = cardOf('tizero')
    expect(card.mask).toBe(true)
    checkSeatable(card, environment)
    expect(viewOf(card, environment)?.observations.mask).toBe('tizero/mask')
    expect(() => checkSeatable(cardOf('simple115'), environment)).toThrow(
      'profile simple115, this shows tizero, grf-marl',
    )
    // A student of the environment itself sees all of it.
    const student = { ...cardOf('simple115'), ...cardOfSetting(environment.spec) }
    expect(viewOf(student, environment)).toBeUndefined()
    checkSeatable(student, environment)
  })

  it("send TiZero's dribble while sprinting as release of sprint, and nothing else", () => {
    const view = viewOf(cardOf('tizero'), both())!
    const obs = new Float32Array(3 * 330)
    obs[9] = 1
    obs[330 + 9] = 1
    const actions = Int32Array.of(17, 12, 17)
    view.translate!(actions, { obs })
    expect([...actions]).toEqual([15, 12, 17])
  })

  it('are a list of different ones, none of them raw or stacked', () => {
    const refuses = (given: object) =>
      expect(footballOptions.safeParse({ ...GAMES, ...given }).success).toBe(false)
    refuses({ representation: [] })
    refuses({ representation: ['raw'] })
    refuses({ representation: ['tizero', 'tizero'] })
    refuses({ representation: ['simple115'], stacked: true })
  })

  it('leave bots the difficulty that they are given, in their own team', () => {
    const level = native.scenario('11_vs_11_stochastic', 2)
    const bot = both().bot!('builtin', 0.25)
    expect(bot.level!(level, 'left').difficulty).toEqual([0.25, level.difficulty[1]])
    expect(bot.level!(level, 'right').difficulty).toEqual([level.difficulty[0], 0.25])
    expect(both().bot!('builtin').level).toBeUndefined()
  })
})
