import { describe, expect, it } from 'vitest'
import { slotId } from '../../core/ids.ts'
import { groupCount, slotGroups } from './groups.ts'

const slots = ['antagonist', 'extra', 'protagonist'].map(slotId)

describe('slot groups', () => {
  it('put the protagonist first, then the antagonist, whatever the order of the slots', () => {
    expect(slotGroups(slots, true)).toEqual([
      { name: 'all', slots: ['protagonist', 'antagonist', 'extra'] },
    ])
  })
  it('are one a slot where levels are not shared', () => {
    expect(slotGroups(slots, false).map(({ name }) => name)).toEqual(slots)
    expect(slotGroups([slotId('agent')], false)).toEqual([{ name: 'all', slots: ['agent'] }])
  })
  it('need as many levels as their hungriest slot', () => {
    const [group] = slotGroups(slots, true)
    expect(groupCount(group, { [slots[0]]: 4, [slots[2]]: 7 })).toBe(7)
    expect(groupCount(group, {})).toBe(0)
  })
})
