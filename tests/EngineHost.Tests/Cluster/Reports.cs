using System.Collections.Concurrent;
using System.Threading.Channels;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>What the sub-sessions of the cluster were told.</summary>
internal sealed class Reports
{
    private readonly ConcurrentDictionary<string, Channel<SubSessionReport>> _reports = new();
    private readonly ConcurrentDictionary<string, int> _refusals = new();

    /// <summary>Has the next so many reports to this sub-session fail.</summary>
    public void Refuse(SubSessionKey key, int times) => _refusals[key.ToString()] = times;

    public void Add(string key, SubSessionReport report)
    {
        if (_refusals.TryGetValue(key, out var left) && left > 0)
        {
            _refusals[key] = left - 1;
            throw new IOException("The sub-session is away.");
        }

        Of(key).Writer.TryWrite(report);
    }

    public async Task<SubSessionReport> NextAsync(SubSessionKey key) =>
        await Of(key.ToString()).Reader.ReadAsync().AsTask().OrFail($"a report to {key}");

    public bool Has(SubSessionKey key) => Of(key.ToString()).Reader.TryPeek(out _);

    private Channel<SubSessionReport> Of(string key) => _reports.GetOrAdd(key, _ => Channel.CreateUnbounded<SubSessionReport>());
}
