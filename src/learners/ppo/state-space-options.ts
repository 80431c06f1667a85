import { z } from 'zod'
import { STATE_SPACE } from '../nets/state-space.ts'

const { layers, state, blocks, norm } = STATE_SPACE

/** Of a core `s5`; the values are minimax's. */
export const stateSpaceOptions = z
  .strictObject({
    layers: z.int().min(1).default(layers).describe(`Layers. Default ${layers}.`),
    state: z
      .int()
      .min(2)
      .max(1024)
      .default(state)
      .describe(`Numbers of each layer's state. Default ${state}.`),
    blocks: z
      .int()
      .min(1)
      .default(blocks)
      .describe(
        `Copies of HiPPO's spectrum side by side; state is an even multiple of them. Default ${blocks}.`,
      ),
    norm: z
      .enum(['pre', 'post'])
      .default(norm)
      .describe(
        `Layer normalisation: of what goes into a layer, or of what comes out. Default ${norm}.`,
      ),
  })
  .superRefine(({ state: of, blocks: parts }, context) => {
    if (of % (2 * parts) !== 0)
      context.addIssue({
        code: 'custom',
        path: ['blocks'],
        message: `${of} numbers cannot be cut into ${parts} parts of even size`,
      })
  })
