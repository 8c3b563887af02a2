using System.Text.Json;
using BlueEdge.Bench.Parcels;
using BlueEdge.KafkaPeer;

// Parcels over Kafka by the client alone. KafkaPeer BOOTSTRAP-SERVERS TOPIC PART…, where a part is write:0, pass:0:1 or
// read:1, with the numbers of partitions. Says "ready". Each line that it is given is an order: a reader expects its parcels
// from then on, and reports them on a line when all have come; a writer writes them. "begun" says that either has begun.
var topic = new PeerTopic(args[0], args[1]);
var parts = args[2..].Select(part => part.Split(':')).ToLookup(part => part[0], part => part[1..].Select(PeerTopic.Parse).ToArray(), StringComparer.Ordinal);
await topic.EnsureAsync();
using var sender = new Sender(topic);
foreach (var (from, to) in parts["pass"].Select(part => (part[0], part[1])))
{
    topic.ReadOnThread(from, parcel => sender.Pass(to, parcel));
}

var receiver = new Receiver(TimeProvider.System);
foreach (var from in parts["read"].Select(part => part[0]))
{
    topic.ReadOnThread(from, receiver.Receive);
}

Console.WriteLine("ready");
while (await Console.In.ReadLineAsync() is { } line)
{
    var order = JsonSerializer.Deserialize<ParcelOrder>(line, JsonSerializerOptions.Web) ?? throw new InvalidDataException("An order is null.");
    var report = parts.Contains("read") ? receiver.ExpectAsync(order.Items) : null;
    Console.WriteLine("begun");
    foreach (var to in parts["write"].Select(part => part[0]))
    {
        await sender.SendAsync(to, order);
    }

    if (report is not null)
    {
        Console.WriteLine(JsonSerializer.Serialize(await report, JsonSerializerOptions.Web));
    }
}
