import '../../core/require-node.ts'

export { createHiddenGoal, environment } from './environment.ts'
export { type HiddenGoalOptions, hiddenGoalOptions } from './options.ts'
export { possibleGoals } from './resample-goal.ts'
