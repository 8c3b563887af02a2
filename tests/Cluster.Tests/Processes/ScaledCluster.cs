namespace BlueEdge.Cluster.Tests.Processes;

/// <summary>Two core silos that tell KEDA of the demand for engines, which their one host has brought.</summary>
public sealed class ScaledCluster : ProcessCluster
{
    /// <summary>How long what the scheduler said counts while it is away.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public ScaledCluster()
        : base("--silos", "2", "--hosts", "1", "--gateways", "1", "--no-kafka") => Settings["BlueEdge__Scaling__Patience"] = Patience.ToString("c");

    /// <summary>With a scheduler that knows the engines, and no instance of them.</summary>
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await StopAsync("host-1");
    }
}
