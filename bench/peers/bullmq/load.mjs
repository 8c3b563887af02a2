// The load on BullMQ, a process of its own: keeps so many flows in flight, each a chain of 3 jobs, and awaits each one's end.
//   node load.mjs REDIS-PORT
// Reads {"inFlight", "warmUp", "seconds", "count"} a line, and answers each with a line of what it measured, as ../../Load does.
import { createInterface } from 'node:readline'
import { FlowProducer, QueueEvents } from 'bullmq'

const connection = { host: '127.0.0.1', port: Number(process.argv[2]), maxRetriesPerRequest: null }
const flows = new FlowProducer({ connection })
const events = new QueueEvents('relay', { connection })
flows.setMaxListeners(0)
events.setMaxListeners(0)
await events.waitUntilReady()

let number = 0

async function runOne() {
  const data = { number: ++number, text: 'a payload of some size, as small messages are' }
  const job = children => ({ name: 'relay', queueName: 'relay', data, children })
  const flow = await flows.add(job([job([job()])]))
  const result = await flow.job.waitUntilFinished(events)
  if (result?.number !== data.number) throw new Error(`Flow ${data.number} returned ${JSON.stringify(result)}`)
}

async function measure({ inFlight, warmUp, seconds, count }) {
  let left = count ?? Infinity
  const times = []
  let total = 0
  const began = performance.now() + warmUp * 1000
  const ends = began + seconds * 1000
  const cpuBefore = process.cpuUsage()
  const client = async () => {
    for (;;) {
      const sent = performance.now()
      if (count ? left-- <= 0 : sent >= ends) return
      await runOne()
      total++
      const now = performance.now()
      if (count || (now >= began && now < ends)) times.push(now - sent)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, client))
  const cpu = process.cpuUsage(cpuBefore)
  const elapsed = count ? warmUp + (performance.now() - began) / 1000 : seconds
  times.sort((left, right) => left - right)
  const at = part => times[Math.floor(part * (times.length - 1))]
  return {
    done: times.length, total, perSecond: times.length / elapsed,
    p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1), cpuSeconds: (cpu.user + cpu.system) / 1e6,
  }
}

console.log('ready')
for await (const line of createInterface({ input: process.stdin })) {
  try {
    console.log(JSON.stringify(await measure(JSON.parse(line))))
  } catch (error) {
    console.log(JSON.stringify({ error: String(error?.stack ?? error) }))
  }
}
process.exit()
