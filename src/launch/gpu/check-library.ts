import { readFileSync } from 'node:fs'
import { AgonError } from '../../core/errors.ts'
import { readElf } from '../../inference/cuda/elf-file.ts'
import { CUDA_LIBRARY } from '../../inference/cuda/provider-cache.ts'

/**
 * Whether a file is a whole library, and of the version that it must be: the provider of CUDA has its version in it, as a
 * text of its own; the other one is the same in all of them.
 * @throws AgonError `gpu/library`, `gpu/version`
 */
export function checkLibrary(path: string, name: string, version: string): void {
  const elf = readElf(path)
  if (typeof elf === 'string')
    throw new AgonError('gpu/library', `${name} ${elf}`, {
      place: name,
      remedy: 'fetch it again, or take another source with --from',
    })
  if (name !== CUDA_LIBRARY) return
  const bytes = readFileSync(path)
  if (bytes.indexOf(`\0${version}\0`, 0, 'latin1') >= 0) return
  const others = versionsIn(bytes)
  const is = others.length === 0 ? 'names no version' : `is of ONNX Runtime ${others.join(' or ')}`
  throw new AgonError('gpu/version', `${name} ${is}, ${version} runs here`, {
    place: name,
    remedy: `take the library of ONNX Runtime ${version}: with another one sessions crash`,
    fields: { expected: version, found: others },
  })
}

/** Texts of their own that look like a version of ONNX Runtime. */
function versionsIn(bytes: Buffer): readonly string[] {
  const found = new Set<string>()
  for (let at = bytes.indexOf('\x001.', 0, 'latin1'); at >= 0; ) {
    const text = bytes.toString('latin1', at + 1, at + 13)
    const version = /^(1\.\d{1,3}\.\d{1,3})\0/.exec(text)?.[1]
    if (version !== undefined) found.add(version)
    at = bytes.indexOf('\x001.', at + 1, 'latin1')
  }
  return [...found]
}
