using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>Does what the script of its session says.</summary>
[Engine("directed", Slots = 2)]
[Input("In", ChannelType.Json)]
[Output("Out", ChannelType.Json)]
public sealed class DirectedEngine(Scripts scripts) : EngineGrain
{
    /// <summary>The silo that it runs on.</summary>
    public SiloAddress Silo => GrainContext.Address.SiloAddress!; // Set in every activation.

    public new EngineSession Session => base.Session;

    public new EngineOutput Output(string port) => base.Output(port);

    private DirectedScript Script => scripts.Find(Session.SessionId);

    protected override ValueTask StartAsync(CancellationToken cancellationToken) => Script.Start(this, cancellationToken);

    protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) => Script.Process(this, input, cancellationToken);

    protected override ValueTask StopAsync(CancellationToken cancellationToken) => Script.Stop(this, cancellationToken);
}
