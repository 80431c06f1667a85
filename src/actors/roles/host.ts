import { type AnyActor, type AnyActorLogic, createActor } from 'xstate'
import type { AdversaryDefinition } from '../../adversaries/contract.ts'
import { toErrorRecord } from '../../core/errors.ts'
import { loadExport } from '../../core/module.ts'
import { loadEnvironment } from '../../envs/load-environment.ts'
import { createEvaluator } from '../../evaluation/evaluator.ts'
import type { StudentDefinition } from '../../learners/contract.ts'
import type { Channel } from '../transport/contract.ts'
import { inProcessChannel } from '../transport/in-process.ts'
import { type Link, openLink } from '../transport/link.ts'
import { adversaryMachine } from './adversary.machine.ts'
import type {
  AdversarySeed,
  EvaluatorSeed,
  FromRole,
  RoleSeed,
  StudentSeed,
  ToRole,
} from './contract.ts'
import { evaluatorMachine } from './evaluator.machine.ts'
import { studentMachine } from './student.machine.ts'

/** An actor at work. */
export interface HostedRole {
  /** Asks the actor to end, as a `close` from the hub does. */
  close(): void
  /** Resolves when it has ended and let go of its threads. */
  readonly closed: Promise<void>
}

/** Makes the actor that `seed` describes and connects it to `channel`; the same in the hub's thread and in a worker. */
export function hostRole(seed: RoleSeed, channel: Channel, epoch: number): HostedRole {
  return hostActor(logicOf(seed.role), inputOf(seed), channel, epoch)
}

/** The same from a role's machine and what it is given beside the means to speak. */
export function hostActor(
  logic: unknown,
  input: object,
  channel: Channel,
  epoch: number,
): HostedRole {
  let link: Link<FromRole>
  const close = (): void => {
    if (actor.getSnapshot().status === 'active') actor.send({ type: 'close' })
  }
  const send = (message: FromRole): void => link.send(message)
  const actor = createActor(logic as AnyActorLogic, { input: { ...input, send } })
  link = openLink<ToRole, FromRole>(channel, epoch, {
    onMessage: (message) => {
      if (actor.getSnapshot().status === 'active') actor.send(message)
    },
    onLost: close,
  })
  const closed = new Promise<void>((resolve) => {
    actor.subscribe({
      complete: resolve,
      error: (error) => {
        link.send({ type: 'failed', error: toErrorRecord(error) })
        // A machine that broke closes nothing itself.
        void Promise.resolve(bodyOf(actor)?.close()).then(resolve, () => resolve())
      },
    })
  })
  actor.start()
  return { closed, close }
}

/** What the actor holds that has threads; null for one without. */
function bodyOf(actor: AnyActor): { close(): Promise<void> } | null {
  const { student, evaluator } = actor.getSnapshot().context
  return student ?? evaluator ?? null
}

export function logicOf(role: RoleSeed['role']): unknown {
  switch (role) {
    case 'student':
      return studentMachine
    case 'adversary':
      return adversaryMachine
    case 'evaluator':
      return evaluatorMachine
  }
}

function inputOf(seed: RoleSeed): object {
  switch (seed.role) {
    case 'student':
      return studentInput(seed)
    case 'adversary':
      return adversaryInput(seed)
    case 'evaluator':
      return evaluatorInput(seed)
  }
}

function studentInput(seed: StudentSeed) {
  return {
    slot: seed.slot,
    count: seed.count,
    create: async () => {
      const definition = await loadExport<StudentDefinition<unknown>>(seed.module, 'student')
      return definition.create(seed.options, seed)
    },
  }
}

function adversaryInput(seed: AdversarySeed) {
  return {
    slots: seed.slots,
    seed: seed.seed,
    create: async () => {
      const definition = await loadExport<AdversaryDefinition<unknown>>(seed.module, 'adversary')
      const { levels } = await loadEnvironment(seed.environment)
      return definition.create(seed.options, { levels, slots: seed.slots, discount: seed.discount })
    },
  }
}

function evaluatorInput(seed: EvaluatorSeed) {
  return {
    create: async () => createEvaluator({ workers: seed.workers, device: seed.device ?? 'cpu' }),
  }
}

/** An actor in this thread and the near end of the channel to it. `fail` is for tests: the actor as if dead. */
export function hostInProcess(
  seed: RoleSeed,
  epoch: number,
): { readonly channel: Channel; fail(error: unknown): void } {
  const { near, far, fail } = inProcessChannel(async () => {
    const role = await hosted
    role.close()
    await role.closed
  })
  // In a turn of its own: XState makes no actor inside another one's action.
  const hosted = new Promise<HostedRole>((resolve) => {
    setImmediate(() => resolve(hostRole(seed, far, epoch)))
  })
  return { channel: near, fail }
}
