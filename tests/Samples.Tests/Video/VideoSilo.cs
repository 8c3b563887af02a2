using BlueEdge.Samples.Tests.Documents;
using BlueEdge.Samples.Tests.Programs;

namespace BlueEdge.Samples.Tests.Video;

/// <summary>The embedded mode as a process, for several tests.</summary>
public sealed class VideoSilo : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private ProgramProcess? _silo;

    /// <summary>Where it is.</summary>
    public Uri Address => _silo!.Address; // Tests begin once it is there.

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _silo = await ProgramProcess.StartSiloAsync(_folder.Path, TestContext.Current.CancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await (_silo?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }
}
