import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A folder of third-party data that is not in the repository, such as released weights: `$AGON_DATA/<name>`.
 * Undefined where this machine has none; tests then skip, and say so.
 */
export function agonData(name: string): string | undefined {
  const root = process.env.AGON_DATA
  const folder = root === undefined || root === '' ? undefined : join(root, name)
  if (folder !== undefined && existsSync(folder)) return folder
  console.warn(`Skipped: AGON_DATA names no folder with ${name}/.`)
  return undefined
}

/** The blocks of `golden.json` and `golden.f32`, by name. */
export function goldenBlocks(folder: string) {
  const index = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8'))
  const bytes = readFileSync(join(folder, 'golden.f32'))
  const floats = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  )
  const block = (name: string): Float32Array => {
    const { shape, offset_floats: from } = index.blocks.find(
      (each: { readonly name: string }) => each.name === name,
    )
    return floats.slice(from, from + shape.reduce((a: number, b: number) => a * b))
  }
  return { index, block }
}
