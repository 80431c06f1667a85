import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stream } from 'agon/core'
import { allocateStepBuffers, loadEnvironment } from 'agon/envs'

const module = new URL('environment.ts', import.meta.url).href
const options = { length: 12, maxSteps: 40 }
const corridor = await loadEnvironment({ module, options })

test('a level that is drawn or edited can be attempted, and its bytes and its text give it back', () => {
  const { levels } = corridor
  const draws = stream(1, 'test')
  for (let i = 0; i < 200; i++) {
    const drawn = levels.sample(draws)
    for (const level of [drawn, levels.mutate(drawn, draws).level]) {
      assert.equal(levels.validate(level), null)
      assert.deepEqual(levels.decode(levels.encode(level)), level)
      assert.deepEqual(levels.parse(levels.format(level)), level)
    }
  }
})

test('a level that cannot be attempted is refused with a reason', () => {
  assert.match(corridor.levels.validate({ start: 0, door: 12 }), /0 … 11/)
  assert.match(corridor.levels.validate({ start: 3, door: 3 }), /at the door/)
})

test('who walks to the door earns 1 less the time it took', () => {
  const [steps, buffers] = begin({ start: 2, door: 5 })
  assert.deepEqual([steps(1), steps(1)], [0, 0])
  assert.ok(Math.abs(steps(1) - (1 - (0.9 * 3) / 40)) < 1e-6)
  assert.deepEqual([buffers.terminated[0], buffers.truncated[0]], [1, 0])
})

test('an episode that does not arrive is cut off', () => {
  const [steps, buffers] = begin({ start: 2, door: 5 })
  for (let i = 0; i < 40; i++) {
    assert.equal(buffers.truncated[0], 0)
    assert.equal(steps(0), 0)
  }
  assert.deepEqual([buffers.terminated[0], buffers.truncated[0]], [0, 1])
})

test('a lane that was saved goes on in another as if nothing had happened', () => {
  const [steps, buffers, vector] = begin({ start: 2, door: 9 })
  steps(1)
  const [others, elsewhere, other] = begin({ start: 0, door: 1 })
  other.load(0, vector.save(0), elsewhere.observations)
  for (const action of [1, 0, 1, 1]) assert.equal(others(action), steps(action))
  assert.deepEqual(elsewhere.observations.way, buffers.observations.way)
})

/** One lane that has begun: what gives the reward of an action, and where the rest of a step stands. */
function begin(level) {
  const buffers = allocateStepBuffers(corridor.spec, 1)
  const vector = corridor.vector({ slots: 1, autoReset: 'none' })
  vector.reset([0], [level], buffers.observations)
  const act = (action) => {
    vector.step(Int32Array.of(action), buffers)
    return buffers.rewards[0]
  }
  return [act, buffers, vector]
}
