import type { RoleName } from '../../actors/roles/table/placing.ts'
import { adversaryPart } from '../adversary/part.ts'
import { evaluatorPart } from '../evaluator/part.ts'
import { servicePart } from '../service/part.ts'
import { studentPart } from '../student/part.ts'
import type { Part, Setting } from './part.ts'

const PARTS: Readonly<Record<RoleName, (setting: Setting) => Part>> = {
  student: studentPart,
  adversary: adversaryPart,
  evaluator: evaluatorPart,
  service: servicePart,
}

export const partOf = (role: RoleName, setting: Setting): Part => PARTS[role](setting)
