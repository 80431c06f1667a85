import { createActor } from 'xstate'
import { experimentMachine } from './experiment.machine.ts'
import type { ExperimentResult } from './experiment-contract.ts'
import type { ExperimentInput } from './experiment-setup.ts'

export interface RunningExperiment {
  /** Always resolves once every actor is gone; a failure is in the result. Rejects only for a defect of Agon. */
  readonly result: Promise<ExperimentResult>
  /** Cut at the next cycle boundary, then stop. */
  stop(): void
}

/** Starts the root actor. */
export function startExperiment(input: ExperimentInput): RunningExperiment {
  const actor = createActor(experimentMachine, { input })
  const result = new Promise<ExperimentResult>((resolve, reject) => {
    actor.subscribe({
      complete: () => resolve(actor.getSnapshot().output as ExperimentResult),
      error: (defect) => {
        // Nothing may go on behind the back of a root actor that is gone.
        const gone = Promise.resolve(actor.getSnapshot().context.shell.dismiss(false))
        gone.catch(() => {}).then(() => reject(defect))
      },
    })
  })
  actor.start()
  const { clock } = input.effects
  actor.send({ type: 'begin', at: clock.now() })
  return {
    result,
    stop() {
      if (actor.getSnapshot().status === 'active') actor.send({ type: 'stop', at: clock.now() })
    },
  }
}
