import { AgonError } from '../../core/errors.ts'
import type { Answer, Ask } from '../../services/contract.ts'
import type { ServiceAnswer, ServiceAsk } from './contract.ts'

/** An actor's own questions to services, and who waits for each. */
export interface QuestionDesk {
  ask(service: string, request: Ask): Promise<Answer>
  /** What is asked from now on is asked in this cycle. */
  begin(cycle: number): void
  answered(message: ServiceAnswer): void
  /** Nobody will answer any more. */
  end(): void
}

interface Waiting {
  resolve(answer: Answer): void
  reject(error: unknown): void
}

export function openDesk(send: (message: ServiceAsk) => void): QuestionDesk {
  const waiting = new Map<string, Waiting>()
  let cycle = 0
  let ended = false
  const over = (): AgonError => new AgonError('service/closed', 'nobody answers any more')
  return {
    ask: (service, { key, payload, attachments }) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(over())
        if (waiting.has(key))
          return reject(
            new AgonError('service/key', `'${key}' is asked twice in cycle ${cycle}`, {
              remedy: 'give each question of a cycle a key of its own',
            }),
          )
        waiting.set(key, { resolve, reject })
        send({
          type: 'service.ask',
          ...{ cycle, service, key, payload },
          ...(attachments === undefined ? {} : { attachments }),
        })
      }),
    begin(next) {
      cycle = next
    },
    answered({ type: _, key, ...answer }) {
      waiting.get(key)?.resolve(answer)
      waiting.delete(key)
    },
    end() {
      ended = true
      for (const { reject } of waiting.values()) reject(over())
      waiting.clear()
    },
  }
}
