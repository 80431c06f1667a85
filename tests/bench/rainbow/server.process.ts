import { startOpenAIServer } from '../../support/openai-server.ts'

/** The scripted server in a process of its own, so that what it takes is not taken from those who ask. */
const server = await startOpenAIServer({
  answer: () => 'an answer of five words',
  remembers: false,
})
process.send?.(server.url)
process.on('disconnect', () => process.exit(0))
