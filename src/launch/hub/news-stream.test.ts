import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { AnswerStream } from '../../wire/index.ts'
import { newsStream } from './news-stream.ts'
import type { NewsMessage } from './run-feed.ts'

/** A stream that takes as much as the test says. */
function slowStream(takes: number) {
  const written: NewsMessage[] = []
  const events = new EventEmitter()
  const errors: { details: string }[] = []
  let room = takes
  let ended = 0
  events.on('error', (error) => errors.push(error))
  const stream = Object.assign(events, {
    write(event: NewsMessage) {
      written.push(event)
      room -= 1
      return room > 0
    },
    end: () => {
      ended += 1
    },
  })
  return {
    stream: stream as unknown as AnswerStream<NewsMessage>,
    written,
    errors,
    ended: () => ended,
    read(count: number) {
      room = count
      events.emit('drain')
    },
  }
}

const note = (text: string): NewsMessage => ({ note: { text } })
const row = (cycle: number): NewsMessage => ({ metrics: { cycle } })
const cycles = (events: readonly NewsMessage[]): unknown[] =>
  events.map(({ metrics, note }) => metrics?.cycle ?? note?.text)

describe('newsStream', () => {
  it('leaves out older rows for a reader that falls behind, and nothing else', () => {
    const { stream, written, read, ended } = slowStream(2)
    const news = newsStream(stream, 3)
    news.news(note('a'))
    for (let cycle = 1; cycle <= 9; cycle++) {
      news.news(row(cycle))
      if (cycle === 4) news.news(note('cut'))
    }
    expect(cycles(written)).toEqual(['a', 1])
    news.end()
    expect(ended()).toBe(0)
    read(2)
    expect(cycles(written)).toEqual(['a', 1, 'cut', 8])
    read(9)
    expect(cycles(written)).toEqual(['a', 1, 'cut', 8, 9])
    expect(ended()).toBe(1)
    news.news(row(10))
    expect(written).toHaveLength(5)
  })

  it('ends a reader that leaves unread what may not be left out', () => {
    const { stream, written, errors, read, ended } = slowStream(1)
    const news = newsStream(stream, 3)
    for (let i = 0; i < 9; i++) news.news(note(String(i)))
    expect(errors.map(({ details }) => details)).toEqual([
      expect.stringMatching(/^wire\/overloaded: 3 events/),
    ])
    read(9)
    news.end()
    expect({ written: written.length, ended: ended(), errors: errors.length }).toEqual({
      written: 1,
      ended: 0,
      errors: 1,
    })
  })

  it('fails after what is waiting', () => {
    const { stream, written, errors, read } = slowStream(1)
    const news = newsStream(stream)
    news.news(row(1))
    news.news(row(2))
    news.fail(new Error('gone'))
    expect(errors).toEqual([])
    read(9)
    expect(cycles(written)).toEqual([1, 2])
    expect(errors).toHaveLength(1)
  })
})
