import { describe, expect, it } from 'vitest'
import { AgonError } from '../core/errors.ts'
import { EXIT, EXIT_MEANINGS, exitCodeOf } from './exit-codes.ts'
import { RunError } from './run-error.ts'

describe('exitCodeOf', () => {
  it.each([
    ['usage/option', EXIT.usage],
    ['config/invalid', EXIT.usage],
    ['policy/profile', EXIT.usage],
    ['level/invalid', EXIT.usage],
    ['run/exists', EXIT.usage],
    ['compare/nothing', EXIT.usage],
    ['config/spent', EXIT.usage],
    ['run/damaged', EXIT.damaged],
    ['run/config-changed', EXIT.damaged],
    ['level/corrupt', EXIT.damaged],
    ['replay/missing', EXIT.usage],
    ['replay/corrupt', EXIT.damaged],
    ['cut/torn', EXIT.damaged],
    ['snapshot/foreign', EXIT.damaged],
    ['onnx/corrupt', EXIT.damaged],
    ['onnx/external-data', EXIT.damaged],
    ['cut/write', EXIT.failed],
    ['learner/not-finite', EXIT.failed],
    ['worker/lost', EXIT.failed],
    ['internal/unexpected', EXIT.failed],
  ])('%s ends with %d', (code, exit) => {
    expect(exitCodeOf(new AgonError(code, 'it is so'))).toBe(exit)
  })

  it.each([
    ['evaluation/endless', EXIT.failed],
    ['policy/observations', EXIT.failed],
    ['level/invalid', EXIT.failed],
    ['level/corrupt', EXIT.failed],
    ['learner/agents', EXIT.failed],
    ['onnx/corrupt', EXIT.failed],
    ['run/disk-full', EXIT.failed],
    ['wire/token', EXIT.failed],
    ['cut/none-whole', EXIT.damaged],
    ['snapshot/foreign', EXIT.damaged],
  ])('%s in a run that has begun ends with %d', (code, exit) => {
    expect(exitCodeOf(new RunError(new AgonError(code, 'it is so')))).toBe(exit)
  })

  it('has a sentence for every code', () => {
    expect(EXIT_MEANINGS.map(([code]) => code)).toEqual(Object.values(EXIT))
  })
})
