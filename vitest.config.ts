import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// Tests run in threads of this process, whose environment ONNX Runtime asks.
process.env.ORT_DISABLE_TELEMETRY ??= '1'

/** What would go on alone at the end: each takes a minute or more. */
const LONG = [
  'tests/slurm/',
  'tests/conformance/',
  ...['control', 'exactness', 'package', 'remote-environment', 'seats'].map(
    (name) => `/${name}.test.ts`,
  ),
]

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => LONG.some((part) => moduleId.includes(part))
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  test: {
    // Two files at once also on two cores: most of them wait for processes most of the time. No test measures a ratio.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts'],
          pool: 'threads',
          // A module is loaded once a thread, not once a file: half of the processor time. No test may leave anything behind.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'gpu',
          include: ['tests/gpu/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'slurm',
          include: ['tests/slurm/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'slurm-slow',
          include: ['tests/slurm/**/*.slow.ts'],
          pool: 'forks',
          testTimeout: 600_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'system',
          // What is built is loaded as Node loads it, not read again by Vite.
          server: { deps: { external: [/\/dist\//] } },
          include: [
            'tests/{conformance,integration,regression,browser}/**/*.test.ts',
            ...(process.env.AGON_SLOW === '1' ? ['tests/integration/**/*.slow.ts'] : []),
          ],
          pool: 'forks',
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
