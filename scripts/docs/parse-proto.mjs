/**
 * The services, messages and enums of a proto file in their order, with the comments before them or behind them. Names of
 * nested ones are dotted. It reads what this repository writes: one thing a line, `//` comments.
 */
export function parseProto(source) {
  const parts = []
  const open = []
  let comment = []
  let group = ''
  const take = (behind) => {
    const whole = [...comment, ...(behind === undefined ? [] : [behind])]
    comment = []
    return whole.join('\n').trim()
  }
  for (const line of source.split('\n')) {
    const [, code, said] = /^\s*(.*?)\s*(?:\/\/ ?(.*))?$/.exec(line)
    if (code === '') {
      // An empty line parts what is said of a thing from what is said of nothing in particular.
      if (said === undefined) comment = []
      else comment.push(said)
      continue
    }
    const begin = /^(service|message|enum) (\w+) \{(\})?$/.exec(code)
    const oneof = /^oneof (\w+) \{$/.exec(code)
    if (begin !== null) {
      const [, kind, name, empty] = begin
      const outer = open.filter((part) => part.kind === 'message').map((part) => part.short)
      const part = { kind, short: name, name: [...outer, name].join('.'), comment: take(said) }
      parts.push({ ...part, members: [] })
      if (empty === undefined) open.push(parts.at(-1))
    } else if (oneof !== null) {
      group = oneof[1]
      open.push({ kind: 'oneof', comment: take(said) })
    } else if (code === '}') {
      if (open.pop()?.kind === 'oneof') group = ''
      comment = []
    } else
      member(
        code,
        take(said),
        open.findLast((part) => part.kind !== 'oneof'),
        group,
      )
  }
  return parts
}

function member(code, comment, part, group) {
  if (part === undefined) return
  const call = /^rpc (\w+)\((.+?)\) returns \((.+?)\);$/.exec(code)
  const value = /^(\w+) = (\d+);$/.exec(code)
  const field = /^(?:(repeated|optional) )?(map<.+?>|[\w.]+) (\w+) = (\d+);$/.exec(code)
  if (call !== null)
    part.members.push({ name: call[1], request: call[2], answer: call[3], comment })
  else if (part.kind === 'enum' && value !== null)
    part.members.push({ name: value[1], number: value[2], comment })
  else if (field !== null) {
    const [, label, type, name, number] = field
    const one = group === '' ? '' : `, one of \`${group}\``
    part.members.push({
      name,
      number,
      type: `${label === undefined ? '' : `${label} `}${type}${one}`.replaceAll('<', '&lt;'),
      comment,
    })
  } else throw new Error(`parse-proto: not understood: ${code}`)
}
