import { type TargetServices, targetServices } from '../../following/target-services.ts'

/** What `agon watch` asks of the rest of Agon. */
export interface WatchServices extends TargetServices {
  /** Lets time go by. */
  pause(ms: number): Promise<void>
}

export const watchServices = (): WatchServices => ({
  ...targetServices(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
})
