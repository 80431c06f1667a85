import { describe, expect, it } from 'vitest'
import type { ErrorRecord } from '../../core/errors.ts'
import type { Envelope } from './contract.ts'
import { inProcessChannel } from './in-process.ts'
import { openLink, type Refusal } from './link.ts'

interface Note {
  readonly type: 'note'
  readonly n: number
}
const note = (n: number): Note => ({ type: 'note', n })
const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
}

function receiver(epoch: number) {
  const { near, far, fail } = inProcessChannel()
  const heard: number[] = []
  const refused: Refusal[] = []
  const lost: ErrorRecord[] = []
  const link = openLink<Note, Note>(near, epoch, {
    onMessage: ({ n }) => heard.push(n),
    onLost: (error) => lost.push(error),
    onRefused: (refusal) => refused.push(refusal),
  })
  const post = (sequence: number, n: number, at = epoch): void =>
    far.post({ epoch: at, sequence, body: note(n) } as Envelope)
  return { link, post, heard, refused, lost, fail }
}

describe('link', () => {
  it('delivers in order and refuses a repeated envelope', async () => {
    const { post, heard, refused } = receiver(1)
    post(1, 10)
    post(2, 20)
    post(2, 20)
    post(3, 30)
    await turns(3)
    expect(heard).toEqual([10, 20, 30])
    expect(refused.map(({ reason }) => reason)).toEqual(['repeated'])
  })

  it('takes a gap for a loss', async () => {
    const { post, heard, lost } = receiver(1)
    post(1, 10)
    post(3, 30)
    await turns(3)
    expect(heard).toEqual([10])
    expect(lost.map(({ code }) => code)).toEqual(['actor/lost'])
  })

  it('refuses messages of older epochs and follows newer ones', async () => {
    const { post, heard, refused } = receiver(5)
    post(1, 10, 4)
    post(2, 20, 5)
    post(3, 30, 6)
    post(4, 40, 5)
    await turns(3)
    expect(heard).toEqual([20, 30])
    expect(refused.map(({ reason }) => reason)).toEqual(['older-epoch', 'older-epoch'])
  })

  it('tells of the other end dying once, and of nothing after closing', async () => {
    const { lost, fail, link } = receiver(1)
    fail(new Error('gone'))
    fail(new Error('gone again'))
    expect(lost).toHaveLength(1)
    const other = receiver(1)
    await other.link.close()
    other.fail(new Error('late'))
    expect(other.lost).toHaveLength(0)
    await link.close()
  })
})
