import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', include: ['src/**/*.test.ts'], pool: 'threads', testTimeout: 30_000 },
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
          include: ['tests/{conformance,integration,regression,browser}/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
