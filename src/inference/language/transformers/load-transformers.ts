import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AgonError } from '../../../core/errors.ts'
import type { TransformersPackage } from './contract.ts'

/** No process can hold its ONNX Runtime beside Agon's, where the two are of different versions. */
const APART = 'give the service a process of its own: placement: { services: process }'

const NAME = '@huggingface/transformers'

/**
 * The package, from beside Agon or from the working directory.
 * @throws AgonError `model/package` where it is not installed, or does not load
 */
export async function loadTransformers(): Promise<TransformersPackage> {
  const here = createRequire(import.meta.url)
  const there = createRequire(join(process.cwd(), 'package.json'))
  const missing: unknown[] = []
  for (const { resolve } of [here, there]) {
    let path: string
    try {
      path = resolve(NAME)
    } catch (cause) {
      missing.push(cause)
      continue
    }
    return load(path)
  }
  throw new AgonError('model/package', `the package ${NAME} is not installed`, {
    remedy: `npm install ${NAME} in the folder of your project`,
    cause: missing[0],
  })
}

async function load(path: string): Promise<TransformersPackage> {
  try {
    const loaded = await import(pathToFileURL(path).href)
    return (loaded.pipeline === undefined ? loaded.default : loaded) as TransformersPackage
  } catch (cause) {
    const { message, code } = cause as Error & { readonly code?: string }
    const remedy = code === 'ERR_DLOPEN_FAILED' ? APART : `npm install ${NAME} anew`
    throw new AgonError(
      'model/package',
      `the package ${NAME} does not load: ${message.split('\n')[0]}`,
      { place: path, remedy, cause },
    )
  }
}
