// Three services' worth of relays behind a session: each call is journaled by the server, as each answer is.
//   node service.mjs PORT
// Node 20 has no Promise.withResolvers, which the SDK wants.
Promise.withResolvers ??= function () {
  let resolve, reject
  const promise = new Promise((yes, no) => { resolve = yes; reject = no })
  return { promise, resolve, reject }
}
const restate = await import('@restatedev/restate-sdk')

const relay = restate.service({ name: 'relay', handlers: { pass: async (context, item) => item } })
const session = restate.service({
  name: 'session',
  handlers: {
    run: async (context, item) => {
      for (let node = 0; node < 3; node++) item = await context.serviceClient(relay).pass(item)
      return item
    },
  },
})
await restate.serve({ services: [relay, session], port: Number(process.argv[2]) })
console.log('ready')
process.stdin.on('end', () => process.exit()).resume()
