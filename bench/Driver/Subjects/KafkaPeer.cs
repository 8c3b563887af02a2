using System.Text.Json;
using BlueEdge.Bench.Parcels;
using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>The Kafka client alone, in two processes, near and far, as BlueEdge's engines are.</summary>
internal static class KafkaPeer
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>A writer and a reader, with one partition between them.</summary>
    public static async Task<ParcelSubject> StartKafkaChannelAsync(this Workplace place, string kafka)
    {
        var far = await StartAsync(place, "far", kafka, "read:0");
        var near = await StartAsync(place, "near", kafka, "write:0");
        return Subject(near, reader: far, far);
    }

    /// <summary>A writer, three that pass on and a reader, each in the other process than the one before it.</summary>
    public static async Task<ParcelSubject> StartKafkaChainAsync(this Workplace place, string kafka)
    {
        var far = await StartAsync(place, "far", kafka, "pass:0:1", "pass:2:3");
        var near = await StartAsync(place, "near", kafka, "write:0", "pass:1:2", "read:3");
        return Subject(near, reader: near, far);
    }

    private static ParcelSubject Subject(ChildProcess near, ChildProcess reader, ChildProcess far) =>
        new("Kafka client", order => MoveAsync(near, reader, order), [near, far]);

    private static async Task<ParcelReport> MoveAsync(ChildProcess writer, ChildProcess reader, ParcelOrder order)
    {
        await BeginAsync(reader, order);
        if (writer != reader)
        {
            await BeginAsync(writer, order);
        }

        return JsonSerializer.Deserialize<ParcelReport>(await reader.ReadLineAsync(Patience), JsonSerializerOptions.Web)
            ?? throw new BenchException("The Kafka client's report is null.");
    }

    private static async Task<ChildProcess> StartAsync(Workplace place, string side, string kafka, params string[] parts)
    {
        var process = place.Start("kafka-peer-" + side, "dotnet", [place.Program("KafkaPeer", "BlueEdge.KafkaPeer"), kafka, "kafka-peer", .. parts]);
        await process.AwaitReadyAsync();
        return process;
    }

    private static async Task BeginAsync(ChildProcess process, ParcelOrder order)
    {
        await process.WriteLineAsync(JsonSerializer.Serialize(order, JsonSerializerOptions.Web));
        if (await process.ReadLineAsync(Patience) is var said and not "begun")
        {
            throw new BenchException($"{process.Name} has not begun, and says: {said}");
        }
    }
}
