import type { Level } from '../train.ts'

export interface Study {
  readonly title: string
  /** What it is, for its page. */
  readonly about: string
  /** A Python script from the root of the repository, and its arguments. */
  readonly host: readonly string[]
  /** From the folder of recipes. */
  readonly recipe: string
  readonly settings: readonly string[]
  /** Of a level, what is compared. */
  readonly measure: 'meanReturn' | 'solvedRate'
  /** Columns of the page: levels whose names begin so. */
  readonly groups: readonly string[]
  /** What the mean of the columns has to reach with every seed. Absent: nobody has run it to its end, so nothing is known to ask for. */
  readonly bar?: number
  /** Takes so long that it is run by its name alone. */
  readonly long?: true
}

/** Of environments that a script of the repository hosts, by name. */
export const STUDIES: Readonly<Record<string, Study>> = {
  archers: {
    title: 'Archers against zombies',
    about:
      'Two archers of PettingZoo’s `knights_archers_zombies_v11` (a zombie every six steps, 150 steps at most), learned by one student with shared weights. Mean return of an agent: the zombies that it shot.',
    host: [
      'clients/python/examples/pettingzoo_environment.py',
      'butterfly.knights_archers_zombies_v11',
      'max_cycles=150',
      'num_knights=0',
      'spawn_delay=6',
      'max_zombies=20',
      'killable_archers=false',
    ],
    recipe: '../tests/learning/hosted/archers.yaml',
    settings: [],
    measure: 'meanReturn',
    groups: [''],
    bar: 4,
  },
  poles: {
    title: 'CartPole with poles of many lengths',
    about:
      '[`cartpole_lengths.py`](../../examples/gymnasium/cartpole_lengths.py) under ACCEL: levels are lengths of the pole and forces of the cart. Mean return on three held-out poles (half lengths of 0.1, 0.5 and 2 m, 10 N), of 500 at most.',
    host: ['examples/gymnasium/cartpole_lengths.py'],
    recipe: '../examples/gymnasium/cartpole-accel.yaml',
    settings: [
      'student.rollout.envs=8',
      'student.ppo.epochs=10',
      'budget.gradientUpdates=25',
      'evaluation.every=0',
      'cuts.every=1000',
    ],
    measure: 'meanReturn',
    groups: ['short', 'usual', 'long'],
    bar: 100,
  },
  grid: {
    title: 'A grid of one’s own',
    about:
      '[`own_grid.py`](../../examples/gymnasium/own_grid.py) under ACCEL: levels are walls. Share of 50 held-out grids that are solved, which an untrained walker does by chance.',
    host: ['examples/gymnasium/own_grid.py'],
    recipe: '../examples/gymnasium/grid-accel.yaml',
    settings: [
      'budget.gradientUpdates=60',
      'evaluation.suite=random:50',
      'evaluation.episodes=5',
      'evaluation.every=0',
      'cuts.every=1000',
    ],
    measure: 'solvedRate',
    groups: [''],
    bar: 0.5,
  },
  ground: {
    title: 'A hopper on many grounds',
    about:
      '[`hopper_ground.py`](../../examples/gymnasium/hopper_ground.py) under PLR: levels are friction of the ground and mass of the body. Mean return on two held-out grounds, a third of the usual friction and the usual one.',
    host: ['examples/gymnasium/hopper_ground.py'],
    recipe: '../examples/gymnasium/hopper-plr.yaml',
    settings: ['evaluation.every=0', 'cuts.every=1000'],
    measure: 'meanReturn',
    groups: ['ice', 'usual'],
    long: true,
  },
  freeway: {
    title: 'Freeway from many starts',
    about:
      '[`atari_seeds.py`](../../examples/gymnasium/atari_seeds.py) under PLR: levels are seeds, which say when the player may move. Mean return on ten held-out seeds, the streets that were crossed; an untrained player crosses none.',
    host: ['examples/gymnasium/atari_seeds.py', 'ALE/Freeway-v5'],
    recipe: '../examples/gymnasium/atari-plr.yaml',
    settings: ['evaluation.suite=random:10', 'cuts.every=1000'],
    measure: 'meanReturn',
    groups: [''],
    long: true,
  },
}

/** Mean of the levels of a group. */
export function groupMean(
  levels: readonly Level[],
  { measure }: Pick<Study, 'measure'>,
  group: string,
): number {
  const chosen = levels.filter(({ name }) => name.startsWith(group))
  return chosen.reduce((sum, level) => sum + level[measure], 0) / chosen.length
}
