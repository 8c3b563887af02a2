using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.EngineHost.Tests.Engines;

/// <summary>Does what its script says, which is given by dependency injection.</summary>
[Engine("scripted", Slots = 2)]
[Input("A", ChannelType.Json, Optional = true)]
[Input("B", ChannelType.Json, Optional = true)]
[Input("Raw", ChannelType.Json, Optional = true, ByReference = true)]
[Input("Bytes", ChannelType.File, Optional = true)]
[Output("Out", ChannelType.Json)]
[Output("File", ChannelType.File)]
public sealed class ScriptedEngine : EngineGrain
{
    private readonly Script _script;

    public ScriptedEngine(Script script)
    {
        _script = script;
        script.Constructor?.Invoke();
    }

    public new EngineSession Session => base.Session;

    public new EngineOutput Output(string port) => base.Output(port);

    public new ValueTask WarnAsync(string code, string message, CancellationToken cancellationToken) => base.WarnAsync(code, message, cancellationToken);

    protected override ValueTask StartAsync(CancellationToken cancellationToken) => _script.Start(this, cancellationToken);

    protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) => _script.Process(this, input, cancellationToken);

    protected override ValueTask StopAsync(CancellationToken cancellationToken) => _script.Stop(this, cancellationToken);
}
