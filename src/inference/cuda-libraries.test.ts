import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bindingFolder, cudaObstacle, missingDependencies, notFound } from './cuda-libraries.ts'

const SHARED = 'libonnxruntime_providers_shared.so'
const CUDA = 'libonnxruntime_providers_cuda.so'

describe('cudaObstacle', () => {
  it('names the platform that has no CUDA provider', () => {
    expect(cudaObstacle('/nowhere', 'darwin', 'arm64')).toContain('darwin on arm64')
    expect(cudaObstacle('/nowhere', 'linux', 'arm64')).toContain('linux on arm64')
  })

  it('names the first library that is not there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'agon-cuda-'))
    expect(cudaObstacle(folder, 'linux', 'x64')).toBe(`${SHARED} is not installed`)
    writeFileSync(join(folder, SHARED), 'not a library')
    expect(cudaObstacle(folder, 'linux', 'x64')).toBe(`${CUDA} is not installed`)
    writeFileSync(join(folder, CUDA), 'not a library')
    expect(cudaObstacle(folder, 'linux', 'x64')).toBeNull()
    // What is no library has no dependencies to name.
    expect(missingDependencies(folder)).toEqual([])
  })

  it('reads what a listing of dependencies calls not found', () => {
    const listing = [
      '\tlinux-vdso.so.1 (0x00007ffd)',
      '\tlibcudnn.so.9 => not found',
      '\tlibcudart.so.12 => /usr/local/cuda/lib64/libcudart.so.12 (0x00007f00)',
      '\tlibcublas.so.12 => not found',
      '\tlibcudnn.so.9 => not found',
    ].join('\n')
    expect(notFound(listing)).toEqual(['libcudnn.so.9', 'libcublas.so.12'])
  })

  it('finds the folder of the native binding from the package entry', () => {
    const entry = join('m', 'onnxruntime-node', 'dist', 'index.js')
    expect(bindingFolder(entry, 'linux', 'x64')).toBe(
      join('m', 'onnxruntime-node', 'bin', 'napi-v6', 'linux', 'x64'),
    )
  })
})
