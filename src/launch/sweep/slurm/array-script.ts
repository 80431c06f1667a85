// biome-ignore-all lint/suspicious/noTemplateCurlyInString: lines of bash

import type { SlurmConfig } from '../../../run/config/slurm.schema.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import { directives } from '../../slurm/directives.ts'
import { shellWord, shellWords } from '../../slurm/shell.ts'

export interface ArrayScriptInput {
  /** Of the job. */
  readonly name: string
  /** Absolute path of the sweep's folder, which every host sees under this path. */
  readonly folder: string
  /** Words of the command line that is Agon: the interpreter and the program. */
  readonly agon: readonly string[]
  readonly slurm: SlurmConfig
  /** Cores of each task, where `slurm.hub` names no other number. */
  readonly cpus: number
  /** Tasks that may run at a time; null: as many as the cluster has room for. */
  readonly most: number | null
  /** By index of the array: the run directory, and the words after `agon`. */
  readonly tasks: readonly { readonly dir: string; readonly words: readonly string[] }[]
}

const { stopped: STOPPED } = EXIT
/** Of a process that ended by SIGTERM, before it could hear. */
const TERMINATED = 143
const ANNOUNCEMENTS = 'TERM HUP QUIT USR1 USR2 XCPU'

/**
 * The batch script of a sweep: an array job, of which each task is one run on one host, with all its actors. A task can be begun again and
 * again; what it does follows from what is on disk.
 */
export function arrayScript(input: ArrayScriptInput): string {
  const { name, folder, slurm, cpus, most, tasks } = input
  const log = `${folder.replaceAll('%', '%%')}/slurm/job-%A_%a.log`
  const allocation = { components: [{ hosts: 1, each: { cpus, ...slurm.hub } }], steps: [] }
  const array = `0-${tasks.length - 1}${most === null ? '' : `%${most}`}`
  const sections = [
    [
      '#!/bin/bash',
      `# The sweep '${name}' as an array job: each task begins a run, or goes on from its newest cut.`,
      ...directives({ name, log, slurm, allocation }),
      `#SBATCH --array=${array}`,
    ],
    // Shell code of a site is seldom written for `set -u`.
    ...(slurm.setup.length === 0 ? [] : [slurm.setup]),
    preamble(input),
    choice(tasks),
    running(),
    ...(slurm.requeue ? [requeueing()] : []),
    ['exit "$code"'],
  ]
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

const preamble = ({ agon }: ArrayScriptInput): string[] => [
  'set -u',
  '# A signal before the limit, a preemption or scancel: the run makes a cut and stops.',
  'run= warned= signalled=',
  `trap 'warned=1 signalled=1; [ -z "$run" ] || kill -TERM "$run" 2>/dev/null' ${ANNOUNCEMENTS}`,
  `agon=(${shellWords(agon)})`,
  'say() { echo "$(date +%FT%T) agon: $*"; }',
  'say "task $SLURM_ARRAY_TASK_ID of job $SLURM_ARRAY_JOB_ID, start $((${SLURM_RESTART_COUNT:-0} + 1)), on $(hostname)"',
]

const choice = (tasks: ArrayScriptInput['tasks']): string[] => [
  'case $SLURM_ARRAY_TASK_ID in',
  ...tasks.map(
    ({ dir, words }, i) => `${i}) dir=${shellWord(dir)} words=(${shellWords(words)}) ;;`,
  ),
  `*) say "there is no run $SLURM_ARRAY_TASK_ID"; exit ${EXIT.usage} ;;`,
  'esac',
]

const running = (): string[] => [
  '"${agon[@]}" "${words[@]}" &',
  'run=$!',
  '[ -z "$warned" ] || kill -TERM "$run" 2>/dev/null',
  'while :; do # a signal cuts `wait` short',
  '  signalled=',
  '  wait "$run"',
  '  code=$?',
  '  [ -n "$signalled" ] || break',
  'done',
  '# The shell loses the code of a process that ends as a signal comes (127, or below 0). The run knows its end as well.',
  'if [ "$code" -lt 0 ] || [ "$code" -eq 127 ]; then',
  `  case $(grep -o '"status": "[a-z]*"' "$dir/manifest.json") in`,
  `    *finished*) code=${EXIT.ok} ;;`,
  `    *stopped*) code=${STOPPED} ;;`,
  `    *) code=${EXIT.failed} ;;`,
  '  esac',
  'fi',
  'say "the run in $dir ended with $code"',
]

const requeueing = (): string[] => [
  `if [ -n "$warned" ] && { [ "$code" -eq ${STOPPED} ] || [ "$code" -eq ${TERMINATED} ]; }; then`,
  '  # Where Slurm ends the job itself (a preemption, scancel), it decides what comes next.',
  '  state=$(timeout 20 squeue --noheader --jobs="$SLURM_JOB_ID" --format=%T | head -n 1)',
  '  if [ "$state" = RUNNING ]; then',
  '    say "back into the queue"',
  `    trap - ${ANNOUNCEMENTS}`,
  '    timeout 20 scontrol requeue "$SLURM_JOB_ID" && sleep 600 # Slurm ends this shell',
  '  fi',
  'fi',
]
