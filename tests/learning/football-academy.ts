import { studyAcademy } from './academy.ts'

/** One attacker alone: how many of 100 held-out starts, and of the academy's own, end with a goal. */
studyAcademy({
  name: 'football-academy',
  title: 'Football: the quick recipe',
  about:
    'PLR over starts around `academy_empty_goal_close`, a small student that sees the 115 numbers',
  heldOut: 'random:100/',
  own: 'football/academy/academy_empty_goal_close',
  gain: 0.4,
})
