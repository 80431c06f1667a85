import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sha256 } from '../../../core/bytes.ts'
import type { GenerateRequest, Generation } from '../contract.ts'
import { readGeneration } from '../generation.schema.ts'
import { type Asked, requestKey } from '../request-key.ts'

export interface ResponseCache {
  /** Null where there is none that is whole. */
  find(request: GenerateRequest): Generation | null
  keep(request: GenerateRequest, generation: Generation): void
}

/**
 * Answers in a folder, each in a file named by its request ({@link requestKey}); several processes may use it at a time. An entry that is not
 * what was written is a miss, of which it is told once.
 */
export function openResponseCache(
  folder: string,
  asked: Asked,
  say: (text: string) => void,
): ResponseCache {
  let told = false
  let made = 0
  const pathOf = (request: GenerateRequest): string => {
    const key = requestKey(asked, request)
    return join(folder, key.slice(0, 2), `${key.slice(2)}.json`)
  }
  const damaged = (path: string): null => {
    if (!told) say(`a cached answer is not what was written, and is asked for again: ${path}`)
    told = true
    return null
  }
  return {
    find(request) {
      const path = pathOf(request)
      let text: string
      try {
        text = readFileSync(path, 'utf8')
      } catch {
        return null
      }
      return readEntry(text) ?? damaged(path)
    },
    keep(request, generation) {
      const path = pathOf(request)
      const content = JSON.stringify(generation)
      // Aside and renamed: nobody reads a part of it.
      const aside = `${path}.${process.pid}-${made++}.tmp`
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(aside, `${sha256(content)}\n${content}\n`)
      renameSync(aside, path)
    },
  }
}

/** A hash, and what it is of. */
function readEntry(text: string): Generation | null {
  const [digest, content = ''] = text.split('\n')
  if (sha256(content) !== digest) return null
  return readGeneration(JSON.parse(content))
}
