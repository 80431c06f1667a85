import { z } from 'zod'
import type { ImageLayer } from '../nets/image-layers.ts'

type Kind = ImageLayer['kind']
type Key = 'filters' | 'kernel' | 'stride' | 'padding' | 'activation' | 'blocks' | 'units'

const KEYS: Readonly<Record<Kind, { needs: readonly Key[]; may: readonly Key[] }>> = {
  convolution: { needs: ['filters', 'kernel'], may: ['stride', 'padding', 'activation'] },
  pool: { needs: ['kernel'], may: ['stride', 'padding'] },
  residual: { needs: ['blocks'], may: [] },
  relu: { needs: [], may: [] },
  dense: { needs: ['units'], may: [] },
}

const size = (about: string) => z.int().min(1).optional().describe(about)

/** A layer over images as a config says it; what its kind leaves out is filled. */
export const layerOptions = z
  .strictObject({
    kind: z
      .enum(['convolution', 'pool', 'residual', 'relu', 'dense'])
      .describe('What the layer does.'),
    filters: size('Of a convolution.'),
    kernel: size('Edge of the window of a convolution or a pooling.'),
    stride: size('From window to window. Default 1.'),
    padding: z
      .union([z.int().min(0), z.literal('same')])
      .optional()
      .describe('Zeros around the image, or same. Default 0.'),
    activation: z.enum(['relu', 'none']).optional().describe('Of a convolution. Default relu.'),
    blocks: size('Of a residual layer.'),
    units: size('Of a dense layer.'),
  })
  .superRefine((given, context) => {
    const { needs, may } = KEYS[given.kind]
    const refuse = (key: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [key], message })
    }
    for (const key of needs)
      if (given[key] === undefined) refuse(key, `is missing; a layer '${given.kind}' needs it`)
    for (const key of Object.keys(given) as (Key | 'kind')[])
      if (key !== 'kind' && !needs.includes(key) && !may.includes(key))
        refuse(key, `is nothing that a layer '${given.kind}' has`)
  })
  .transform(({ kind, ...given }): ImageLayer => {
    const { filters = 0, kernel = 0, blocks = 0, units = 0, activation } = given
    const { stride = 1, padding = 0 } = given
    switch (kind) {
      case 'convolution':
        return {
          kind,
          filters,
          kernel,
          stride,
          padding,
          ...(activation === undefined ? {} : { activation }),
        }
      case 'pool':
        return { kind, kernel, stride, padding }
      case 'residual':
        return { kind, blocks }
      case 'relu':
        return { kind }
      case 'dense':
        return { kind, units }
    }
  })
