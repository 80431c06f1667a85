import { expect, it } from 'vitest'
import { parseSeat, parseSingleSeat } from './parse-seat.ts'

it('reads who plays', () => {
  expect(
    ['bot', 'bot:0.95', 'bot:0', 'idle', 'random', 'a/b.onnx', 'kserve://h:1/m'].map(parseSeat),
  ).toEqual([
    { kind: 'bot' },
    { kind: 'bot', difficulty: 0.95 },
    { kind: 'bot', difficulty: 0 },
    { kind: 'idle' },
    { kind: 'random' },
    { kind: 'policy', at: 'a/b.onnx' },
    { kind: 'policy', at: 'kserve://h:1/m' },
  ])
  expect(parseSingleSeat('left.3=random')).toEqual({ team: 0, player: 3, seat: { kind: 'random' } })
  expect(parseSingleSeat('right.10=a=b.onnx')).toEqual({
    team: 1,
    player: 10,
    seat: { kind: 'policy', at: 'a=b.onnx' },
  })
})

it.each(['', 'bots', 'bot:', 'bot:2', 'bot:easy', 'bot:-0.1', 'bot:NaN', 'policy', 'policy.pt'])(
  'refuses %j',
  (text) => {
    expect(() => parseSeat(text)).toThrow(expect.objectContaining({ code: 'play/seat' }))
  },
)

it.each([
  'left=bot',
  'left.x=bot',
  'up.3=bot',
  'left.3',
  'left.3=',
  'left.3=bot:0.5',
  'left.100=bot',
])('refuses %j for a single player', (text) => {
  expect(() => parseSingleSeat(text)).toThrow(expect.objectContaining({ code: 'play/seat' }))
})
