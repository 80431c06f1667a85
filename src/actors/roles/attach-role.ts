import type { Adversary } from '../../adversaries/contract.ts'
import { AgonError } from '../../core/errors.ts'
import { type SlotId, slotId } from '../../core/ids.ts'
import type { Evaluator } from '../../evaluation/contract.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { Student } from '../../learners/contract.ts'
import type { Answer, Ask, Service } from '../../services/contract.ts'
import type { agon } from '../../wire/index.ts'
import {
  type AttachedPlace,
  type AttachRoleOptions,
  attachRole,
  type Capabilities,
} from './attach-session.ts'
import { decodePolicy } from './wire/state.ts'

export type { AttachedPlace, AttachRoleOptions } from './attach-session.ts'

export interface StudentPlace extends AttachedPlace {
  readonly slot: SlotId
  readonly seed: number
  /** Trainable tasks that the config asks for each cycle. */
  readonly tasks: number
  /** The environment that the run trains in: `name` at `Environments` of the hub. */
  readonly environment: agon.v1.Environment.$Properties
  /** What it is to begin with: `--init`, or what an earlier stage leaves to this one. Absent: from scratch. */
  readonly init?: PolicyFile
  /** Asks a service of the run, while a batch is attempted or learnt from. */
  readonly ask: (service: string, request: Ask) => Promise<Answer>
}

export interface ServicePlace extends AttachedPlace {
  /** As the config names it. */
  readonly name: string
  readonly seed: number
  readonly environment: agon.v1.Environment.$Properties
  /** Whether the run has it stand in cuts. */
  readonly stateful: boolean
}

export interface AdversaryPlace extends AttachedPlace {
  readonly slots: readonly SlotId[]
  readonly seed: number
  readonly environment: agon.v1.Environment.$Properties
  /** γ that all students share. */
  readonly discount?: number
}

const STUDENT: Capabilities = { snapshots: true, exportsPolicy: true }
const ADVERSARY: Capabilities = { snapshots: true }
const EVALUATOR: Capabilities = { seats: true }

/**
 * Plays a student of a run until the run is over. `create` is called for each epoch: after the run went back to a cut the new
 * student is asked to restore it.
 * @throws AgonError what the hub refuses with, what the run failed of where it ends with an error, and `wire/unavailable`,
 * `wire/absent` or `wire/silent` once patience ends
 */
export function attachStudent(
  options: AttachRoleOptions & {
    /** Empty or absent: any that waits. */
    readonly slot?: string
    readonly create: (place: StudentPlace) => Promise<Student>
  },
): Promise<void> {
  return attachRole('student', options, STUDENT, (place, welcome) => {
    const { slot, seed, tasks, environment, init } = present(welcome.student)
    const own = slotId(slot ?? '')
    const told = {
      ...place,
      slot: own,
      seed: seed ?? 0,
      tasks: tasks ?? 1,
      environment: present(environment),
      ...(init == null ? {} : { init: decodePolicy(init) }),
    }
    const create = (ask: StudentPlace['ask']): Promise<Student> => options.create({ ...told, ask })
    return { slot: own, count: told.tasks, create }
  })
}

/** Plays the adversary of a run until the run is over; else as {@link attachStudent}. */
export function attachAdversary(
  options: AttachRoleOptions & {
    readonly create: (place: AdversaryPlace) => Promise<Adversary<unknown>>
  },
): Promise<void> {
  return attachRole('adversary', options, ADVERSARY, (place, welcome) => {
    const { slots, seed, environment, discount } = present(welcome.adversary)
    const told: AdversaryPlace = {
      ...place,
      slots: (slots ?? []).map(slotId),
      seed: seed ?? 0,
      environment: present(environment),
      ...(discount == null ? {} : { discount }),
    }
    return { slots: told.slots, seed: told.seed, create: () => options.create(told) }
  })
}

/**
 * Plays the evaluator of a run until the run is over; else as {@link attachStudent}. It is believed to seat whom a request
 * seats, as `createEvaluator` does: `policies` of the request has all of them.
 */
export function attachEvaluator(
  options: AttachRoleOptions & { readonly create: (place: AttachedPlace) => Promise<Evaluator> },
): Promise<void> {
  return attachRole('evaluator', options, EVALUATOR, (place) => ({
    create: () => options.create(place),
  }))
}

/** Plays a service of a run until the run is over; else as {@link attachStudent}. */
export function attachService(
  options: AttachRoleOptions & {
    /** Empty or absent: any that waits. */
    readonly service?: string
    /** Default false: answers depend on earlier questions, and it makes snapshots. */
    readonly stateful?: boolean
    readonly create: (place: ServicePlace) => Promise<Service>
  },
): Promise<void> {
  const { service: slot, stateful: snapshots = false, deterministic = true } = options
  const traits = { ...{ deterministic, snapshots }, ...{ probes: false, exportsPolicy: false } }
  const asked = { ...options, ...(slot === undefined ? {} : { slot }) }
  return attachRole('service', asked, { snapshots }, (place, welcome) => {
    const { name, seed, environment, stateful } = present(welcome.service)
    const told: ServicePlace = {
      ...place,
      name: name ?? '',
      seed: seed ?? 0,
      environment: present(environment),
      stateful: stateful ?? false,
    }
    return { name: told.name, traits, create: () => options.create(told) }
  })
}

function present<T>(value: T | null | undefined): T {
  if (value == null)
    throw new AgonError('wire/body', 'the welcome does not say what the place is', {
      remedy: 'use a client and a hub of the same Agon',
    })
  return value
}
