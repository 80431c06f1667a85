import type { SlurmConfig } from '../../run/config/slurm.schema.ts'
import type { Allocation, Component } from './allocation.ts'

export interface DirectivesInput {
  readonly name: string
  /** Pattern of the log file. */
  readonly log: string
  readonly slurm: SlurmConfig
  readonly allocation: Allocation
}

/** The `#SBATCH` lines of a job. What sbatch does not carry over to later components stands with each. */
export function directives({ name, log, slurm, allocation }: DirectivesInput): string[] {
  const { requeue, signalSeconds, time, account, qos, options } = slurm
  const whole = [
    option('job-name', `agon-${name}`),
    option('output', log),
    '--open-mode=append',
    // To the shell of the script alone: the steps go on until the hub lets them go.
    `--signal=B:TERM@${signalSeconds}`,
    ...options.map(quotedOption),
  ]
  const every = [
    requeue ? '--requeue' : '--no-requeue',
    // A lost host takes its steps with it, not the job. Of a heterogeneous job Slurm would leave a torso in the queue.
    ...(allocation.components.length === 1 ? ['--no-kill'] : []),
    ...(time === undefined ? [] : [option('time', String(time))]),
    ...(account === undefined ? [] : [option('account', account)]),
    ...(qos === undefined ? [] : [option('qos', qos)]),
  ]
  const parts = allocation.components.map((component) => [...every, ...hosts(component, slurm)])
  const lines = parts.map((part) => part.map((text) => `#SBATCH ${text}`))
  return [
    ...whole.map((text) => `#SBATCH ${text}`),
    ...lines.flatMap((part, i) => (i === 0 ? part : ['#SBATCH hetjob', ...part])),
  ]
}

function hosts({ hosts, each }: Component, slurm: SlurmConfig): string[] {
  const partition = each.partition ?? slurm.partition
  const constraint = each.constraint ?? slurm.constraint
  return [
    ...(partition === undefined ? [] : [option('partition', partition)]),
    ...(constraint === undefined ? [] : [option('constraint', constraint)]),
    `--nodes=${hosts}`,
    '--ntasks-per-node=1',
    `--cpus-per-task=${each.cpus}`,
    ...(each.memory === undefined ? [] : [option('mem', each.memory)]),
    ...(each.gpus === undefined ? [] : [option('gres', `gpu:${each.gpus}`)]),
  ]
}

/** sbatch takes `"…"` off and reads the rest as it stands; values hold no quote and no backslash. */
const option = (name: string, value: string): string =>
  /^[\w.,:@+/%-]+$/.test(value) ? `--${name}=${value}` : `--${name}="${value}"`

function quotedOption(text: string): string {
  const at = text.indexOf('=')
  return at < 0 ? text : option(text.slice(2, at), text.slice(at + 1))
}
