import { AgonError } from '../../core/errors.ts'
import { EXPERIMENTS, endWith, type Implementation, implement } from '../../wire/index.ts'
import { newsStream } from './news-stream.ts'
import type { RunSource } from './run-source.ts'

const MOST_WATCHERS = 64

/** `agon.v1.Experiments` over the runs of one server. */
export function experimentsService(runs: RunSource): Implementation {
  let watchers = 0
  return implement(EXPERIMENTS, {
    launch: (order) => runs.launch(order),
    get: ({ run }) => runs.get(run),
    stop: ({ run }) => runs.stop(run),
    list: async () => ({ runs: [...(await runs.list())] }),
    watch({ run, metrics }, stream) {
      if (watchers >= MOST_WATCHERS) {
        endWith(stream, tooMany())
        return
      }
      watchers += 1
      let gone = false
      let leave = (): void => {}
      const close = (): void => {
        if (gone) return
        gone = true
        watchers -= 1
        leave()
      }
      stream.on('cancelled', close)
      stream.on('close', close)
      const reader = newsStream(stream)
      runs.watch(run, metrics, reader).then(
        (unsubscribe) => {
          leave = unsubscribe
          if (gone) leave()
        },
        (error) => reader.fail(error),
      )
    },
  })
}

const tooMany = (): AgonError =>
  new AgonError('wire/overloaded', `${MOST_WATCHERS} are watching already`, {
    remedy: 'end one of them, or read metrics.jsonl in the run directory',
  })
