import '../../core/require-node.ts'

export { decodeLevel, encodeLevel } from './codec.ts'
export { createFruitChoice, environment } from './environment.ts'
export { FRUIT_OPERATORS } from './generate.ts'
export { type Fruit, type FruitLevel, findDefect, isOpen, walkTo } from './level.ts'
export { type FruitChoiceOptions, fruitChoiceOptions } from './options.ts'
export { formatLevel, parseLevel } from './text.ts'
