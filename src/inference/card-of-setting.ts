import { version } from '../version.ts'
import { actionMask } from './action-mask.ts'
import type { PolicyCard } from './contract.ts'
import type { PolicySetting } from './policy-fit.ts'

/** What every card says of where its policy plays: the mask of the actions is no observation of its own. */
export function cardOfSetting(
  setting: PolicySetting,
): Pick<PolicyCard, 'format' | 'agon' | 'environment' | 'observations' | 'mask' | 'actions'> {
  const mask = actionMask(setting)
  const { [mask ?? '']: _, ...observations } = setting.observations
  return {
    format: 1,
    agon: version,
    environment: { id: setting.id, profile: setting.profile },
    observations,
    ...(mask === undefined ? {} : { mask: true }),
    actions: setting.actions,
  }
}
