import { toErrorRecord } from '../core/errors.ts'
import { RunError } from './run-error.ts'

/** What the process says when it ends; one sentence each, shown by `agon help`. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  stopped: 3,
  damaged: 4,
  exposed: 5,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export const EXIT_MEANINGS: readonly (readonly [ExitCode, string])[] = [
  [EXIT.ok, 'done'],
  [EXIT.failed, 'the run failed, or output that is all could not be written'],
  [EXIT.usage, 'bad usage, config or input: nothing was started'],
  [EXIT.stopped, 'stopped by Ctrl-C or a signal with a cut; `agon resume` goes on from it'],
  [EXIT.damaged, 'damaged or foreign files'],
  [EXIT.exposed, 'a stress test found more than --fail-over allows'],
  [EXIT.interrupted, 'a second Ctrl-C: left at once, the last cut remains'],
]

/**
 * Error codes by area (`config`) or in full (`level/corrupt`); the longer match wins, and what is not listed is a
 * failed run.
 */
const EXIT_OF_ERROR: Readonly<Record<string, ExitCode>> = {
  usage: EXIT.usage,
  config: EXIT.usage,
  module: EXIT.usage,
  'module/threw': EXIT.failed,
  system: EXIT.usage,
  env: EXIT.usage,
  init: EXIT.usage,
  level: EXIT.usage,
  suite: EXIT.usage,
  probe: EXIT.usage,
  evaluation: EXIT.usage,
  policy: EXIT.usage,
  seat: EXIT.usage,
  'student/environment': EXIT.usage,
  'model/missing': EXIT.usage,
  'model/card': EXIT.usage,
  'model/tokenizer': EXIT.usage,
  'model/graph': EXIT.usage,
  network: EXIT.usage,
  slurm: EXIT.usage,
  k8s: EXIT.usage,
  'adversary/statistic-missing': EXIT.usage,
  'adversary/feature-missing': EXIT.usage,
  'adversary/score': EXIT.usage,
  'adversary/axis': EXIT.usage,
  'adversary/signal': EXIT.usage,
  'adversary/genome': EXIT.usage,
  'adversary/operator': EXIT.usage,
  'adversary/levels': EXIT.usage,
  'adversary/prompts': EXIT.usage,
  'adversary/wording': EXIT.usage,
  'env/permission': EXIT.usage,
  'env/seeds': EXIT.usage,
  'builder/no-game': EXIT.usage,
  'environment/name': EXIT.usage,
  'learner/agents': EXIT.usage,
  'learner/auto-reset': EXIT.usage,
  'learner/carry': EXIT.usage,
  'learner/probe': EXIT.usage,
  'learner/seating': EXIT.usage,
  'learner/uncertainty': EXIT.usage,
  inference: EXIT.usage,
  'model/key': EXIT.usage,
  'model/package': EXIT.usage,
  'model/folder': EXIT.usage,
  'model/script': EXIT.usage,
  'model/recording': EXIT.usage,
  'onnx/options': EXIT.usage,
  'onnx/provider': EXIT.usage,
  'onnx/tf32': EXIT.usage,
  gpu: EXIT.usage,
  'gpu/source': EXIT.failed,
  'onnx/inputs': EXIT.usage,
  'onnx/outputs': EXIT.usage,
  'onnx/unsupported': EXIT.usage,
  dataset: EXIT.damaged,
  stages: EXIT.usage,
  'stages/output': EXIT.damaged,
  compare: EXIT.usage,
  'compare/unwritable': EXIT.failed,
  levels: EXIT.usage,
  'levels/unwritable': EXIT.failed,
  replay: EXIT.usage,
  stress: EXIT.usage,
  play: EXIT.usage,
  football: EXIT.usage,
  'run/exists': EXIT.usage,
  'run/missing': EXIT.usage,
  'run/not-a-run': EXIT.usage,
  'run/unwritable': EXIT.usage,
  'run/unreadable': EXIT.usage,
  'run/locked': EXIT.usage,
  'run/disk-full': EXIT.usage,
  'run/unknown': EXIT.usage,
  'run/name': EXIT.usage,
  'control/no-launch': EXIT.usage,
  'control/not-running': EXIT.usage,
  'hub/locked': EXIT.usage,
  'wire/listen': EXIT.usage,
  'wire/insecure': EXIT.usage,
  'wire/certificate': EXIT.usage,
  'wire/absent': EXIT.usage,
  'wire/rendezvous': EXIT.usage,
  'wire/token': EXIT.usage,
  'wire/token-file': EXIT.usage,
  'wire/token-weak': EXIT.usage,
  cut: EXIT.damaged,
  'cut/write': EXIT.failed,
  snapshot: EXIT.damaged,
  'snapshot/mid-cycle': EXIT.failed,
  safetensors: EXIT.damaged,
  state: EXIT.damaged,
  'run/manifest': EXIT.damaged,
  'run/damaged': EXIT.damaged,
  'run/config-changed': EXIT.damaged,
  'run/metrics-damaged': EXIT.damaged,
  'level/corrupt': EXIT.damaged,
  'replay/corrupt': EXIT.damaged,
  'onnx/corrupt': EXIT.damaged,
  'onnx/external-data': EXIT.damaged,
}

/** Areas whose damage is that of the run's own files, which no second try mends. */
const OWN_FILES: readonly string[] = ['cut', 'dataset', 'snapshot', 'safetensors', 'state', 'run']

/** With what an error ends the process. What ends a run that had begun is a failed run, whatever was at fault. */
export function exitCodeOf(error: unknown): ExitCode {
  const { code } = toErrorRecord(error)
  const [area] = code.split('/')
  const exit = EXIT_OF_ERROR[code] ?? EXIT_OF_ERROR[area] ?? EXIT.failed
  if (!(error instanceof RunError)) return exit
  return exit === EXIT.damaged && OWN_FILES.includes(area) ? exit : EXIT.failed
}
