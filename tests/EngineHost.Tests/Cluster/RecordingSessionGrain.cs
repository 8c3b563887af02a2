using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>A session that only remembers what it is told of its sub-sessions.</summary>
internal sealed class RecordingSessionGrain(Reports reports) : Grain, ISessionControl
{
    public Task<bool> GrantAsync(LeaseGrant grant, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task LostAsync(int epoch, string instance, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SubSessionSnapshot?> FindNodeAsync(string node, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<InputDefinition?> FindInputAsync(string channel, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TapDefinition?> WatchTapAsync(string channel, int attached, TimeSpan atMost, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SubSessionSnapshot?> StopNodeAsync(string node, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ReportEventsAsync(EngineEventReport report, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ReportAsync(SubSessionReport report, CancellationToken cancellationToken)
    {
        reports.Add(new SubSessionKey(this.GetPrimaryKeyString(), report.Node).ToString(), report);
        return Task.CompletedTask;
    }
}
