import { type ActorHub, openActorHub } from '../../actors/roles/actor-hub.ts'
import type { ExperimentPlan } from '../../actors/roles/experiment-contract.ts'
import { actorName } from '../../actors/roles/names.ts'
import { castOf } from '../../actors/roles/table/table.ts'
import type { ActorPresence } from '../../actors/transport/grpc/contract.ts'
import { type ErrorRecord, toErrorRecord } from '../../core/errors.ts'
import type { ActorId } from '../../core/ids.ts'
import { realTimers } from '../../core/timers.ts'
import type { Environment, EnvironmentRef, LevelSpace } from '../../envs/contract.ts'
import { loadEnvironment } from '../../envs/load-environment.ts'
import { probeOf } from '../../envs/probe-of.ts'
import { encodeDescription, environmentsService } from '../../envs/remote/index.ts'
import type { EvaluationRequest } from '../../evaluation/contract.ts'
import { sealedEpisodes, sealedReport } from '../../evaluation/sealed.ts'
import type { ActorLedger, ActorState } from '../../run/actor-states.ts'
import type { RunConfig } from '../../run/contract.ts'
import { placementOf } from '../../run/placement-of.ts'
import { version } from '../../version.ts'
import type { agon, Implementation } from '../../wire/index.ts'

/** Names of the run's environments in its hub. */
const TRAINING = 'training'
const EVALUATION = 'evaluation'

export type Admit = (actor: ActorId, platform: agon.v1.Platform.$Properties | null) => void

/** What a hub serves for actors of other processes: places, and the run's environments to step. */
export interface RemoteActors {
  readonly services: readonly Implementation[]
  readonly hub: ActorHub
  /** Decides from now on who may take a place. */
  onAdmit(admit: Admit): void
}

export interface RemoteActorsInput {
  readonly config: RunConfig
  readonly plan: ExperimentPlan
  readonly run: { readonly id: string; readonly name: string }
  readonly actors: ActorLedger
}

const STATES: Readonly<Record<ActorPresence, ActorState['state']>> = {
  awaited: 'awaited',
  working: 'opening',
  broken: 'awaited',
  lost: 'lost',
  closed: 'closed',
}

export async function openRemoteActors(input: RemoteActorsInput): Promise<RemoteActors> {
  const { config, plan, run, actors } = input
  const training: EnvironmentRef = plan.adversary.environment
  const measured = plan.evaluation.request.environment
  const environments: Record<string, Environment<unknown>> = {
    [TRAINING]: await loadEnvironment(training),
    [EVALUATION]: await loadEnvironment(measured),
  }
  const made = { [TRAINING]: training.options, [EVALUATION]: measured.options }
  const handle = (name: keyof typeof made): agon.v1.Environment.$Properties => ({
    name,
    description: encodeDescription(environments[name], JSON.stringify(made[name])),
  })
  let admit: Admit = () => {}
  const hub = openActorHub({
    settings: {
      heartbeatMs: config.hub.heartbeatMs,
      missedHeartbeats: config.hub.missedHeartbeats,
      resumeMs: config.hub.resumeSeconds * 1000,
      credit: config.hub.creditMb * 2 ** 20,
      maxMessage: config.hub.maxMessageMb * 2 ** 20,
    },
    attachMs: config.hub.attachSeconds * 1000,
    timers: realTimers,
    run,
    version,
    attachable: castOf(plan).filter(
      ({ actor }) => placementOf(config.placement, actorName(actor)) === 'attach',
    ),
    environment: handle(TRAINING),
    levelFault: (level) => levelFault(environments[TRAINING].levels, level),
    probeFault: (name) => probeFault(environments[TRAINING], name),
    sealing: {
      episodes: (request) => sealedEpisodes(environments[EVALUATION], measurement(request)),
      report: (request, results, sha256) =>
        sealedReport(environments[EVALUATION], measurement(request), results, sha256),
      environment: () => handle(EVALUATION),
    },
    presence: (actor, state, name) => actors.note(actor, { state: STATES[state], name }),
    admit: (actor, platform) => admit(actor, platform),
  })
  return {
    services: [hub.service, environmentsService(environments, { default: TRAINING, made })],
    hub,
    onAdmit: (check) => {
      admit = check
    },
  }
}

function levelFault(levels: LevelSpace<unknown>, bytes: Uint8Array): ErrorRecord | null {
  try {
    const obstacle = levels.validate(levels.decode(bytes))
    return obstacle === null ? null : { code: 'level/invalid', message: obstacle }
  } catch (error) {
    return toErrorRecord(error)
  }
}

function probeFault(environment: Environment<unknown>, name: string): ErrorRecord | null {
  try {
    probeOf(environment, name, [])
    return null
  } catch (error) {
    return toErrorRecord(error)
  }
}

const measurement = ({ environment: _, ...request }: EvaluationRequest) => request
