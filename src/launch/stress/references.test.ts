import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseReferences } from './references.ts'

const TARGET = { file: '/a/policy.onnx' }

describe('--against', () => {
  it('takes bots, chance, files, addresses and weakened policies, each under a name of its own', () => {
    const words =
      'bot:0.95, bot:chaser,random,b/tizero.onnx,tizero.onnx@epsilon=0.1,kserve://h:1/beat bot,self@temperature=1.5,tizero.onnx'
    expect(parseReferences(words, TARGET)).toEqual([
      { name: 'bot_0_95', policy: { bot: 'builtin', difficulty: 0.95 } },
      { name: 'chaser', policy: { bot: 'chaser' } },
      { name: 'random', policy: { bot: 'random' } },
      { name: 'tizero', policy: { file: resolve('b/tizero.onnx') } },
      { name: 'tizero_epsilon_0_1', policy: { file: resolve('tizero.onnx'), epsilon: 0.1 } },
      { name: 'beat_bot', policy: { kserve: 'kserve://h:1/beat bot' } },
      { name: 'self_temperature_1_5', policy: { ...TARGET, temperature: 1.5 } },
      { name: 'tizero_2', policy: { file: resolve('tizero.onnx') } },
    ])
    expect(parseReferences('9.onnx,target.onnx', TARGET).map(({ name }) => name)).toEqual([
      'p9',
      'target_2',
    ])
  })

  it.each([
    ['self', 'self-play'],
    ['bot:', 'by its difficulty'],
    ['bot:1.5', 'from 0 to 1'],
    ['bot:0.5@temperature=2', 'files and self'],
    ['self@temperature=hot', 'a number'],
    ['self@temperature=', 'a number'],
    ['self@epsilon=-1', 'a number'],
    ['tizero', 'name a bot'],
  ])('refuses %s', (word, why) => {
    expect(() => parseReferences(word, TARGET)).toThrow(
      expect.objectContaining({ code: 'usage/value', message: expect.stringContaining(why) }),
    )
  })
})
