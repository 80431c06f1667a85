import { expect, it } from 'vitest'
import { tensor } from '../core/tensor.ts'
import { course } from './fixtures/course.ts'
import { maskedPolicy } from './fixtures/masked-policy.ts'
import { twoActionPolicy } from './fixtures/two-action-policy.ts'
import { openPolicy, zeroState } from './policy.ts'
import { openPolicyThread } from './policy-thread.ts'

// Threads run the build output.

it('gives the bits of a policy in this thread, for any number of rows, handing its state on', async () => {
  const file = twoActionPolicy({ weights: [0, 1], bias: [0, 0.3], drift: 0.5 })
  const here = await openPolicy(file)
  const there = await openPolicyThread(file)
  const batchOf = (rows: number, step: number) => ({
    observations: { position: tensor('float32', [rows, 1], new Float32Array(rows).fill(step)) },
    noise: tensor('float32', [rows], new Float32Array(rows).fill(0.2 * step)),
  })
  expect(await course(there, batchOf)).toEqual(await course(here, batchOf))
  await Promise.all([here.release(), there.release()])
})

it('takes a mask, and says what is wrong as a policy does', async () => {
  const file = maskedPolicy()
  const policy = await openPolicyThread(file)
  const batch = {
    rows: 1,
    observations: { seen: tensor('float32', [1, 1], Float32Array.of(1)) },
    state: zeroState(file.card, 1),
    noise: tensor('float32', [1]),
  }
  const mask = tensor('float32', [1, 3], Float32Array.of(1, 1, 0))
  expect([...(await policy.act({ ...batch, mask })).action]).toEqual([1])
  await expect(policy.act(batch)).rejects.toMatchObject({ code: 'policy/mask' })
  await policy.release()
  await expect(openPolicyThread({ ...file, onnx: Uint8Array.of(1) })).rejects.toMatchObject({
    code: 'onnx/corrupt',
  })
})
