import { TOKEN_VARIABLE } from '../../wire/index.ts'
import { AUTHORITY_FILES } from '../slurm/authority-files.ts'
import type { Names } from './names.ts'

/**
 * How many pods a job has, and when one is replaced.
 * @param final exit codes after which a pod is not replaced
 */
export function pods(count: number, backoffLimit: number, final: readonly number[]) {
  return {
    parallelism: count,
    completions: count,
    // Gives each pod its index, and so a name that outlives it.
    completionMode: 'Indexed',
    backoffLimit,
    podFailurePolicy: {
      rules: [
        // Preempted, drained or evicted: nobody's fault.
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        ...(final.length === 0
          ? []
          : [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [...final] } }]),
      ],
    },
  }
}

interface Needs {
  readonly cpus: number
  readonly memory?: string
  readonly gpus?: number
  readonly gpuResource?: string
}

/** Asked for and granted alike: numbers that share cores with strangers are slow, not wrong. */
export function resources({ cpus, memory, gpus, gpuResource }: Needs) {
  const amount = {
    cpu: String(cpus),
    ...(memory === undefined ? {} : { memory }),
    ...(gpus === undefined || gpuResource === undefined ? {} : { [gpuResource]: String(gpus) }),
  }
  return { requests: amount, limits: { ...amount } }
}

/** The token of the run, as a variable of a container. */
export const token = ({ token }: Names) => ({
  name: TOKEN_VARIABLE,
  valueFrom: { secretKeyRef: { name: token, key: 'token' } },
})

/** Only the files that the pod needs. */
export const tlsVolume = ({ tls }: Names, files: readonly (keyof typeof AUTHORITY_FILES)[]) => ({
  name: 'tls',
  secret: {
    secretName: tls,
    items: files.map((file) => ({ key: AUTHORITY_FILES[file], path: AUTHORITY_FILES[file] })),
  },
})
