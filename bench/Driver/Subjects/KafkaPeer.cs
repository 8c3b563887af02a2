using System.Text.Json;
using BlueEdge.Bench.Parcels;
using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>The Kafka client alone, in two processes, near and far, as BlueEdge's engines are.</summary>
/// <param name="near">The one that writes.</param>
/// <param name="reader">The one that reads; it may be the same.</param>
internal sealed class KafkaPeer(ChildProcess near, ChildProcess reader)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>A writer and a reader, with one partition between them.</summary>
    public static async Task<KafkaPeer> StartChannelAsync(Workplace place, string kafka)
    {
        var far = await StartAsync(place, "far", kafka, "read:0");
        return new(await StartAsync(place, "near", kafka, "write:0"), far);
    }

    /// <summary>A writer, three that pass on and a reader, each in the other process than the one before it.</summary>
    public static async Task<KafkaPeer> StartChainAsync(Workplace place, string kafka)
    {
        await StartAsync(place, "far", kafka, "pass:0:1", "pass:2:3");
        var near = await StartAsync(place, "near", kafka, "write:0", "pass:1:2", "read:3");
        return new(near, near);
    }

    /// <summary>Has parcels written, and waits until they are read.</summary>
    public async Task<ParcelReport> MeasureAsync(ParcelOrder order)
    {
        await BeginAsync(reader, order);
        if (near != reader)
        {
            await BeginAsync(near, order);
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
