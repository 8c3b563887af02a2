using BlueEdge.Sessions;

namespace BlueEdge.Engines;

/// <summary>A sub-session that only remembers what it is told.</summary>
internal sealed class RecordingSubSessionGrain(Reports reports) : Grain, ISubSessionGrain
{
    public Task<SubSessionReport> StartAsync(SubSessionStart start, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ReportAsync(SubSessionReport report, CancellationToken cancellationToken)
    {
        reports.Add(this.GetPrimaryKeyString(), report);
        return Task.CompletedTask;
    }

    public Task StopAsync(int epoch, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();
}
