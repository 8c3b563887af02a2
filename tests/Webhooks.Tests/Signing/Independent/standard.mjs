// Signs and verifies with the specification's own library, for the tests: a JSON array of cases in, one of answers out.
import { Webhook } from "standardwebhooks";

let input = "";
for await (const chunk of process.stdin) input += chunk;

console.log(JSON.stringify(JSON.parse(input).map(({ secret, body, id, timestamp, headers }) => {
  const webhook = new Webhook(secret);
  if (!headers) return webhook.sign(id, new Date(timestamp * 1000), body);
  try {
    webhook.verify(body, headers);
    return "valid";
  } catch (error) {
    return error.message;
  }
})));
