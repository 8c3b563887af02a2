namespace BlueEdge.Grains.Sessions;

/// <summary>
/// Tells grains that their silo stops, before it deactivates them. That waits for calls under way, so those who only wait for
/// something are answered now, and wait on where the session lives next.
/// </summary>
#pragma warning disable CA1001 // The source holds nothing to dispose, and calls that end late still look at its token.
internal sealed class SiloStopping : ILifecycleParticipant<ISiloLifecycle>
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _source = new();

    /// <summary>Fires when the silo begins to stop.</summary>
    public CancellationToken Token => _source.Token;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe<SiloStopping>(ServiceLifecycleStage.Active, _ => Task.CompletedTask, _ => _source.CancelAsync());
}
