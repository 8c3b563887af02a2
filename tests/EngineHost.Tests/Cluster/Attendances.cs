using System.Collections.Concurrent;
using System.Threading.Channels;
using BlueEdge.Grains.Scheduling;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>What the scheduler of the cluster was told of instances.</summary>
internal sealed class Attendances
{
    private readonly ConcurrentDictionary<string, Channel<string>> _events = new();

    public ConcurrentDictionary<string, InstanceAttendance> Joined { get; } = new();

    /// <summary>Instances whose word that they drain fails.</summary>
    public ConcurrentDictionary<string, bool> RefuseDrain { get; } = new();

    /// <summary>Instances whose join fails.</summary>
    public ConcurrentDictionary<string, bool> RefuseJoin { get; } = new();

    /// <summary>Instances whose word that they leave fails.</summary>
    public ConcurrentDictionary<string, bool> RefuseLeave { get; } = new();

    public void Add(string instance, string what) => Of(instance).Writer.TryWrite(what);

    /// <summary>The next of joined, draining and left, with the reason.</summary>
    public async Task<string> NextAsync(string instance) =>
        await Of(instance).Reader.ReadAsync().AsTask().OrFail($"word of instance {instance}");

    private Channel<string> Of(string instance) => _events.GetOrAdd(instance, _ => Channel.CreateUnbounded<string>());
}
