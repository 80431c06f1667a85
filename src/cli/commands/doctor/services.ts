import type { Clock } from '../../../core/clock.ts'
import type { Check } from '../../../launch/check.ts'

/** What `agon doctor` asks of the rest of Agon. */
export interface DoctorServices {
  checkMachine(): Promise<readonly Check[]>
}

export const doctorServices = (clock: Clock): DoctorServices => ({
  checkMachine: async () => (await import('./machine-checks.ts')).checkMachine('.', clock),
})
