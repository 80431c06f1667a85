import type { RandomStream } from '../../../core/random.ts'
import type { MazeLevel } from '../level.ts'
import type { EditorName } from '../profiles.ts'
import { DCD_ENTITIES, DCD_ENTITIES_FIXED_AGENT, editDcd } from './dcd-edit.ts'
import type { EditedMaze } from './edited-maze.ts'
import { editJaxued } from './jaxued-edit.ts'
import { editMinimax } from './minimax-edit.ts'

/**
 * A changed copy of `level` after `edits` edits of the named operator. Size, step limit and occlusion stay; the cue
 * and the wrong goal of a memory maze are not carried over.
 */
export function editLevel(
  level: MazeLevel,
  editor: EditorName,
  edits: number,
  stream: RandomStream,
): MazeLevel {
  const { memory: _, ...rest } = level
  const { walls, agent, direction, goal } = runEditor(level, editor, edits, stream)
  return { ...rest, walls, agent, direction, goal }
}

function runEditor(
  level: MazeLevel,
  editor: EditorName,
  edits: number,
  stream: RandomStream,
): EditedMaze {
  switch (editor) {
    case 'minimax':
      return editMinimax(level, edits, stream)
    case 'jaxued':
      return editJaxued(level, edits, stream)
    case 'dcd':
      return editDcd(level, edits, DCD_ENTITIES, stream)
    case 'dcd-fixed-agent':
      return editDcd(level, edits, DCD_ENTITIES_FIXED_AGENT, stream)
  }
}
