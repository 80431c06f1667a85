import { expect, it } from 'vitest'
import { isPolicyAddress, parsePolicyAddress } from './policy-address.ts'

it('names server, model and version', () => {
  expect(parsePolicyAddress('kserve://[::1]:8001/maze')).toEqual({
    target: '[::1]:8001',
    model: 'maze',
    version: undefined,
  })
  expect(parsePolicyAddress('kserve://host:1/maze/7').version).toBe('7')
  expect(['kserve://a', 'policy.onnx', 'KSERVE://a'].map(isPolicyAddress)).toEqual([
    true,
    false,
    false,
  ])
})

it.each([
  'kserve://',
  'kserve://host:1',
  'kserve://host:1/',
  'kserve:///m',
  'kserve://h:1/m/',
  'kserve://h:1/m/1/x',
])('refuses %s', (text) => {
  expect(() => parsePolicyAddress(text)).toThrow(/kserve/)
})
