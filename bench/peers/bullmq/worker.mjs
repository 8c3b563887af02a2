// The workers of the chain, a process of their own: each job returns its payload.
//   node worker.mjs REDIS-PORT [CONCURRENCY]
import { Worker } from 'bullmq'

const [port, concurrency = '100'] = process.argv.slice(2)
const worker = new Worker('relay', async job => job.data, {
  connection: { host: '127.0.0.1', port: Number(port), maxRetriesPerRequest: null },
  concurrency: Number(concurrency),
})
worker.on('error', error => console.error(error))
await worker.waitUntilReady()
console.log('ready')
process.stdin.on('end', () => process.exit()).resume()
