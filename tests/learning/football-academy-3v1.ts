import { studyAcademy } from './academy.ts'

/** Three agents with one policy: how many of 50 held-out starts end with a goal. */
studyAcademy({
  name: 'football-academy-3v1',
  title: 'Football: three attackers of one student',
  about:
    'PLR over starts around `academy_3_vs_1_with_keeper`, three agents with shared weights against a defender and a keeper of the built-in AI',
  heldOut: 'random-',
  gain: 0.1,
})
