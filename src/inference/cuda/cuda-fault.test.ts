import { describe, expect, it } from 'vitest'
import { cudaFrom } from '../auto-session.ts'
import { parseDevice, takenDevice } from '../device.ts'
import { describeChoice } from '../device-choice.ts'
import { runtimeFault } from '../ort-session.ts'
import { gpuCount } from './cuda-fault.ts'
import { cudaNames, libraryFolders } from './find-libraries.ts'
import { platformFault } from './native-home.ts'

describe('a device', () => {
  it('is one of four forms', () => {
    expect(['cpu', 'auto', 'cuda', 'cuda:3'].map(parseDevice)).toHaveLength(4)
    for (const odd of ['gpu', 'cuda:', 'cuda:-1', 'cuda:x', 'CUDA', ''])
      expect(() => parseDevice(odd)).toThrow(`not '${odd}'`)
    expect(takenDevice('cuda')).toBe('cuda:0')
  })
})

describe('what stands in the way of CUDA', () => {
  it('is the platform', () => {
    expect(platformFault('darwin', 'arm64')?.message).toContain('darwin on arm64')
    expect(platformFault('linux', 'arm64')?.message).toContain('linux on arm64')
    expect(platformFault('linux', 'x64')).toBeNull()
  })

  it('is a GPU that the scheduler has not given', () => {
    expect(gpuCount({ CUDA_VISIBLE_DEVICES: '' })).toBe(0)
    expect(gpuCount({ CUDA_VISIBLE_DEVICES: '-1' })).toBe(0)
  })

  it('is what ONNX Runtime says, in words', () => {
    const said = (message: string) => runtimeFault(message, 1).message
    expect(said('CUDA failure 101: invalid device ordinal ; GPU=1')).toBe('there is no GPU 1 here')
    expect(said('CUDA failure 35: CUDA driver version is insufficient for CUDA runtime')).toContain(
      'driver is too old',
    )
    expect(said('CUDA failure 2: out of memory')).toBe('GPU 1 has no memory left')
    expect(said('CUBLAS failure 3')).toBe('CUBLAS failure 3')
  })
})

describe('libraries of CUDA', () => {
  it('are told apart from those that every Linux has', () => {
    const needed = ['libcublas.so.13', 'libcuda.so.1', 'libm.so.6', 'libc.so.6', 'libcudart.so.13']
    expect(cudaNames(needed)).toEqual(['libcublas.so.13', 'libcuda.so.1', 'libcudart.so.13'])
  })

  it('are looked for where the environment says, and then where they usually are', () => {
    const { first, later } = libraryFolders({ LD_LIBRARY_PATH: '/a::/b', CUDA_HOME: '/c' })
    expect(first).toEqual(['/a', '/b'])
    expect(later).toContain('/c/lib64')
    expect(later).toContain('/usr/local/cuda/lib64')
  })
})

describe('auto', () => {
  const timing = (rows: number, cpu: number, cuda: number) => ({ rows, cpu, cuda })

  it('takes the GPU from where it is faster for good', () => {
    const crossing = [timing(1, 0.3, 1), timing(32, 1, 0.9), timing(256, 2, 3), timing(2048, 9, 4)]
    expect(cudaFrom(crossing)).toBe(2048)
    expect(cudaFrom(crossing.slice(0, 3))).toBeNull()
    expect(cudaFrom([timing(32, 2, 1)])).toBe(0)
  })

  it('says what it has chosen, and by what', () => {
    const timings = [timing(1, 0.3, 1), timing(256, 9, 2)]
    expect(describeChoice('cuda:0', { cudaFrom: 256, timings })).toBe(
      'cpu, and cuda:0 from 256 rows (1 rows 0.30 ms, 1.00 on the GPU; 256 rows 9.00 ms, 2.00 on the GPU)',
    )
    expect(describeChoice('cpu', { cudaFrom: null, timings: [], why: 'no driver' })).toBe(
      'cpu (no driver)',
    )
    expect(describeChoice('cuda:1', undefined)).toBe('cuda:1')
  })
})
