import { Server, ServerCredentials } from '@grpc/grpc-js'

// Process entry: a bare server whose one stream answers each message with as many bytes as it was told.

const same = (bytes: Buffer): Buffer => bytes

function start(answerBytes: number): Promise<number> {
  const answer = Buffer.alloc(answerBytes, 1)
  const server = new Server()
  server.addService(
    {
      step: {
        path: '/bare/step',
        requestStream: true,
        responseStream: true,
        requestSerialize: same,
        requestDeserialize: same,
        responseSerialize: same,
        responseDeserialize: same,
      },
    },
    {
      step(stream: NodeJS.ReadWriteStream) {
        stream.on('data', () => stream.write(answer as never))
        stream.on('end', () => stream.end())
      },
    },
  )
  return new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    ),
  )
}

process.on('message', async (answerBytes: number) => {
  process.send?.(await start(answerBytes))
})
process.on('disconnect', () => process.exit())
