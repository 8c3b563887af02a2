using Streaming.Kafka;

if (KafkaBroker.Missing is { } missing)
{
    Console.Error.WriteLine(missing);
    return 1;
}

await using var broker = await KafkaBroker.StartAsync();
await using var ours = await StreamsSubject.StartAsync(broker.BootstrapServers);
await using var raw = await RawSubject.StartAsync(broker.BootstrapServers);
await new Comparison(ours, raw, rounds: args is [var rounds] ? int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture) : 7).RunAsync(Console.Out);
return 0;
