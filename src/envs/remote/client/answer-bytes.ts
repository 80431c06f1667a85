import type { EnvironmentSpec } from '../../contract.ts'
import { isCut } from '../../finals.ts'
import { checkBooleans, observationLaws, wrong } from './answer-law.ts'
import type { SharedStep } from './shared-step.ts'
import { bytesOf, checkRewards, writeBegun, writeDepartures, writeFlags } from './write-step.ts'

const ACT = 'act'
const WORD = 4

/** Writes steps that came as bytes, the layout of agon.v1.StepPipes, where whoever steps reads them; nothing is believed. */
export interface AnswerBytes {
  /** Bytes of the longest step. */
  readonly most: number
  /** @throws AgonError `environment/answer` */
  land(answer: Buffer): void
}

export function answerBytes(
  spec: EnvironmentSpec,
  into: SharedStep,
  nextLevel: boolean,
): AnswerBytes {
  const { buffers } = into
  // By code points, as the other side sorts them.
  const laws = observationLaws(spec).sort((a, b) =>
    Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)),
  )
  const rows = buffers.rewards.length
  const slots = into.limits.length
  const targets = laws.map(({ name }) => bytesOf(buffers.observations[name]))
  const last = laws.map(({ name }) => {
    const found = buffers.finals?.[name]
    return found === undefined ? null : bytesOf(found)
  })
  const rewardBytes = bytesOf(buffers.rewards)
  const perRow = laws.reduce((sum, { bytesPerRow }) => sum + bytesPerRow, 0)
  const fixed = rows * (perRow + WORD + 2) + WORD
  const leaving = buffers.departed?.length ?? 0
  const begun = new Uint8Array(slots)
  const [started, limits] = [new Uint32Array(slots), new Uint32Array(slots)]

  const finals = (answer: Buffer, from: number): number => {
    let cut = 0
    for (let row = 0; row < rows; row++) cut += isCut(buffers, row) ? 1 : 0
    if (buffers.finals === undefined || cut === 0) return from
    let at = from
    checkLength(answer, at + cut * perRow)
    for (let i = 0; i < laws.length; i++) {
      const { bytesPerRow, name, type } = laws[i]
      for (let row = 0; row < rows; row++) {
        if (!isCut(buffers, row)) continue
        const data = answer.subarray(at, at + bytesPerRow)
        if (type === 'bool') checkBooleans(`${ACT} (finals)`, name, data)
        last[i]?.set(data, row * bytesPerRow)
        at += bytesPerRow
      }
    }
    return at
  }

  return {
    most: fixed + slots * 2 * WORD + leaving + (buffers.finals === undefined ? 0 : rows * perRow),
    land(answer) {
      checkLength(answer, fixed)
      let at = 0
      for (let i = 0; i < laws.length; i++) {
        const { length } = targets[i]
        const data = answer.subarray(at, at + length)
        if (laws[i].type === 'bool') checkBooleans(ACT, laws[i].name, data)
        targets[i].set(data)
        at += length
      }
      rewardBytes.set(answer.subarray(at, at + rewardBytes.length))
      checkRewards(buffers.rewards, spec.agents)
      at += rewardBytes.length
      const [ended, cut] = [
        answer.subarray(at, at + rows),
        answer.subarray(at + rows, at + 2 * rows),
      ]
      writeFlags(ended, cut, buffers, spec.agents)
      at += 2 * rows
      const count = answer.readUInt32LE(at)
      at += WORD
      if (count > slots) throw wrong(ACT, `at most ${slots} slots that began`, `${count}`)
      checkLength(answer, at + count * 2 * WORD)
      for (let i = 0; i < count; i++) {
        started[i] = answer.readUInt32LE(at + i * WORD)
        limits[i] = answer.readUInt32LE(at + (count + i) * WORD)
      }
      writeBegun(
        started.subarray(0, count),
        limits.subarray(0, count),
        into,
        nextLevel,
        spec.agents,
        begun,
      )
      at += count * 2 * WORD
      checkLength(answer, at + leaving)
      writeDepartures(answer.subarray(at, at + leaving), buffers, spec.agents)
      at = finals(answer, at + leaving)
      if (at !== answer.length) throw wrong(ACT, `${at} bytes of a step`, `${answer.length}`)
    },
  }
}

function checkLength(answer: Uint8Array, due: number): void {
  if (answer.length < due) throw wrong(ACT, `${due} bytes of a step or more`, `${answer.length}`)
}
