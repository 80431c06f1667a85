export interface Study {
  readonly id: string
  readonly title: string
  /** Mean return of sealed episodes after training that each seed has to reach. */
  readonly bar: number
  /** Where the bar comes from. */
  readonly why: string
}

/** By the name of their configs in tests/learning/gymnasium. */
export const STUDIES: Readonly<Record<string, Study>> = {
  cartpole: {
    id: 'CartPole-v1',
    title: 'CartPole',
    bar: 475,
    why: 'the threshold of its registration',
  },
  acrobot: {
    id: 'Acrobot-v1',
    title: 'Acrobot',
    bar: -100,
    why: 'the threshold of its registration',
  },
  frozenlake: {
    id: 'FrozenLake-v1',
    title: 'FrozenLake',
    bar: 0.65,
    why: 'its registration says 0.70, and the share of 400 slippery episodes has a standard error of 0.023',
  },
  taxi: {
    id: 'Taxi-v4',
    title: 'Taxi',
    bar: 5,
    why: 'the best policy has about 8; the action mask that the environment gives is taken',
  },
  blackjack: {
    id: 'Blackjack-v1',
    title: 'Blackjack',
    bar: -0.066,
    why: 'the best policy has −0.0466 by dynamic programming over these rules, and the mean of 10 000 hands a standard error of 0.0095',
  },
  mountaincar: {
    id: 'MountainCar-v0',
    title: 'MountainCar',
    bar: -115,
    why: 'its registration says −110 for the mean of 100 episodes; an untrained policy never leaves the valley (−200)',
  },
  pendulum: {
    id: 'Pendulum-v1',
    title: 'Pendulum',
    bar: -220,
    why: 'the best policies have about −150, and sampled actions cost some of that',
  },
  hopper: {
    id: 'Hopper-v5',
    title: 'Hopper',
    bar: 1500,
    why: 'half as much again as standing still for a whole episode, and where published PPO stands after a million steps is about 2000',
  },
}
