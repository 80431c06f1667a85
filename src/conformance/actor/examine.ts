import type { Finding } from '../contract.ts'
import { findingOf } from '../finding-of.ts'
import { plainFinding } from '../plain-finding.ts'
import { FRAME_LAWS, type FrameLaw, type FrameLedger } from '../scripted-hub/frame-law.ts'
import { endingChecks } from './ending-checks.ts'
import { heartbeatChecks } from './heartbeat-checks.ts'
import { helloChecks } from './hello-checks.ts'
import type { ActorCheck, Part } from './part.ts'
import { NOBODY, NoSession, Stage, type StageOptions } from './stage.ts'
import { stateChecks } from './state-checks.ts'
import { streamChecks } from './stream-checks.ts'
import { volumeChecks } from './volume-checks.ts'

const checksOf = (part: Part): readonly ActorCheck[] => [
  ...helloChecks,
  ...part.checks,
  ...heartbeatChecks,
  ...streamChecks,
  ...volumeChecks,
  ...stateChecks,
  ...endingChecks,
]

/**
 * Plays the hub of a small experiment for the actor that attaches, and says what it finds. After a failure the actor is told
 * to attach anew, so that each check stands for itself; one that never comes again ends the examination.
 */
export async function* examineActor(
  options: StageOptions & { readonly part: Part },
): AsyncGenerator<Finding, void, void> {
  const stage = new Stage(options)
  let gone = ''
  for (const check of checksOf(options.part)) {
    if (gone !== '') {
      yield plainFinding(check.name, 'skipped', gone)
      continue
    }
    const { finding, error } = await performed(check, stage)
    yield finding
    if (finding.verdict === 'failed') await stage.dismiss().catch(() => stage.leave())
    if (error instanceof NoSession) gone = 'no session came about any more'
    if (finding.reason.startsWith(NOBODY)) gone = 'nobody attached any more'
  }
  stage.leave()
  for (const law of Object.keys(FRAME_LAWS) as FrameLaw[]) yield judged(law, options.ledger)
}

async function performed(
  { name, run }: ActorCheck,
  stage: Stage,
): Promise<{ readonly finding: Finding; readonly error?: unknown }> {
  try {
    await run(stage)
    return { finding: plainFinding(name, 'ok') }
  } catch (error) {
    return { finding: findingOf(name, error), error }
  }
}

function judged(law: FrameLaw, ledger: FrameLedger): Finding {
  const name = FRAME_LAWS[law]
  if (ledger.count === 0) return plainFinding(name, 'skipped', 'no role message came')
  const breach = ledger.breach(law)
  if (breach === null) return plainFinding(name, 'ok')
  return { name, verdict: 'failed', ...breach, reason: '' }
}
