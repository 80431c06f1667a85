/** Where an actor is and what it does, for those who watch. */
export interface ActorState {
  /** `student/agent`. */
  readonly actor: string
  /** As the config writes it: `local`, `thread`, `process`, `node:<label>`, `attach`. */
  readonly placement: string
  /** `awaited`: an outsider or a node that is not there yet. */
  readonly state: 'awaited' | 'opening' | 'working' | 'lost' | 'closed'
  /** What the actor or its node calls itself; empty where it has no name. */
  readonly name: string
  readonly epoch: number
}

/** The actors of a run as they are, and each change of them. */
export interface ActorStates {
  /** In the order in which they were first heard of. */
  list(): readonly ActorState[]
  /** @returns ends it */
  subscribe(listener: (state: ActorState) => void): () => void
}

/** The side that knows. */
export interface ActorLedger extends ActorStates {
  /** What is not given stays as it was; what changes nothing is told to nobody. */
  note(actor: string, change: Partial<Omit<ActorState, 'actor'>>): void
}

const UNKNOWN = { placement: '', state: 'opening', name: '', epoch: 0 } as const

export function actorLedger(): ActorLedger {
  const states = new Map<string, ActorState>()
  const listeners = new Set<(state: ActorState) => void>()
  return {
    list: () => [...states.values()],
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    note(actor, change) {
      const before = states.get(actor)
      const after: ActorState = { ...UNKNOWN, ...before, ...change, actor }
      if (before !== undefined && same(before, after)) return
      states.set(actor, after)
      for (const listener of [...listeners]) listener(after)
    },
  }
}

const same = (a: ActorState, b: ActorState): boolean =>
  a.placement === b.placement && a.state === b.state && a.name === b.name && a.epoch === b.epoch
