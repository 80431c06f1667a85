import { realPython } from '../../scripts/real-python.mjs'

/** Interpreter with the real packages, or null; tests are then skipped, by name and counted. */
export const REAL_PYTHON = realPython()

/** For the names of tests that need it. */
export const NEEDS_REAL_PACKAGES =
  '(needs gymnasium, ale-py, pettingzoo and mujoco: npm run real-python)'
