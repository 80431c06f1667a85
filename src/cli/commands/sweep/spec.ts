import type { CommandSpec } from '../../command.ts'
import { COMPARE_FILES } from '../compare/compare-files.ts'

export const sweepSpec: CommandSpec = {
  name: 'sweep',
  about: 'run a config, or the variants of a sweep file, under several seeds, and compare them',
  positionals: [{ name: 'config', about: 'a YAML file: a config or a sweep', required: true }],
  options: {
    seeds: { value: 'SEEDS', about: 'which: 1..5, or 1,4,9; default those of the file, or 1..5' },
    set: { value: 'KEY=VALUE', about: 'replace one value of the config in every run', many: true },
    jobs: {
      value: 'N',
      about:
        'runs at a time; by default as many as the cores of this machine have threads for, on slurm no bound',
    },
    workers: { value: 'N', about: 'the same as --set workers=N; never changes a result' },
    out: {
      value: 'DIR',
      about: 'the folder of the runs, seed-1, seed-2 …; by default runs/<name>-sweep',
    },
    on: {
      value: 'HOST',
      about: 'where: here (local, the default), or as an array job of slurm, each run on one host',
    },
    detach: { about: 'with --on slurm: submit, and do not wait for the runs' },
    'dry-run': { about: 'with --on slurm: show the script of what is left, and submit nothing' },
    ...COMPARE_FILES,
  },
  notes: [
    'The same command again goes on with what has begun, and leaves what has finished. One run that fails does not end the others.',
    'A sweep file has the one key `sweep`: config, seeds, set, variants (each with a config and values set in it) and grid (lists of values, every combination).',
    'Ctrl-C once: every run makes a cut and stops. Twice: they leave at once. On slurm the jobs go on in the queue; the same command again waits for them.',
  ],
  examples: [
    'agon sweep recipes/maze-accel-quick.yaml',
    'agon sweep maze.yaml --seeds 1..10 --jobs 4 --set budget.gradientUpdates=1000',
    'agon sweep study.yaml --html study.html',
    'agon sweep study.yaml --on slurm --jobs 20 --set slurm.time=2:00:00',
  ],
}
