import { adversaryPart } from '../adversary/part.ts'
import { evaluatorPart } from '../evaluator/part.ts'
import { servicePart } from '../service/part.ts'
import { studentPart } from '../student/part.ts'
import type { Part, Setting } from './part.ts'
import type { ActorRole } from './played-part.ts'

const PARTS: Readonly<Record<ActorRole, (setting: Setting) => Part>> = {
  student: studentPart,
  adversary: adversaryPart,
  evaluator: evaluatorPart,
  service: servicePart,
}

export const partOf = (role: ActorRole, setting: Setting): Part => PARTS[role](setting)
