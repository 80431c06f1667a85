import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { EvaluationDevice, Platform } from './contract.ts'

/** Instruction sets that choose among ONNX Runtime's kernels and so decide the last bits. */
const FLAGS = ['avx2', 'fma', 'avx512f', 'avx512_vnni', 'amx_tile', 'asimd', 'sve']

/** @param evaluation where policies are measured, if not on the CPU */
export function readPlatform(evaluation?: EvaluationDevice): Platform {
  const require = createRequire(import.meta.url)
  return {
    node: process.versions.node,
    onnxruntime: (require('onnxruntime-node/package.json') as { version: string }).version,
    provider: evaluation === undefined ? 'cpu' : providerText(evaluation),
    arch: process.arch,
    os: process.platform,
    instructions: instructions(),
  }
}

/** Not the number of the GPU: equal cards give equal bits. */
const providerText = ({ device }: EvaluationDevice): string =>
  device === 'cpu' ? 'cpu' : 'cpu, evaluation cuda'

function instructions(): string {
  try {
    const text = readFileSync('/proc/cpuinfo', 'utf8')
    const present = new Set(/^(?:flags|Features)\s*:\s*(.*)$/m.exec(text)?.[1].split(' '))
    return FLAGS.filter((flag) => present.has(flag)).join(' ')
  } catch {
    // No /proc outside Linux: the architecture alone must do.
    return 'unknown'
  }
}

/** What differs between two platforms that may change bits: patch versions of Node may not. */
export function platformDifferences(a: Platform, b: Platform): readonly string[] {
  const relevant = (p: Platform): Readonly<Record<string, string>> => ({
    'Node major': p.node.split('.')[0],
    'ONNX Runtime': p.onnxruntime,
    provider: p.provider,
    architecture: p.arch,
    'instruction set': p.instructions,
  })
  const [left, right] = [relevant(a), relevant(b)]
  return Object.keys(left)
    .filter((name) => left[name] !== right[name])
    .map((name) => `${name} ${left[name]} → ${right[name]}`)
}
