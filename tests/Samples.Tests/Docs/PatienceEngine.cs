using BlueEdge.Channels;
using BlueEdge.Engines;

namespace Words;

/// <summary>Takes as many items as it was told to, then finishes, whatever its inputs do.</summary>
[Engine("patience", FinishesByItself = false)]
[Input("Control", ChannelType.Json)]
[Input("In", ChannelType.File)]
[Output("Status", ChannelType.Json)]
public sealed class PatienceEngine : EngineGrain
{
    private int _left = 3;

    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        if (input.Has("Control"))
        {
            _left = input.Json<int>("Control");
            return;
        }

        _left--;
        await Output("Status").WriteAsync(new { type = "counted", left = _left }, cancellationToken);
        if (_left == 0)
        {
            await Output("Status").WriteAsync(new { type = "finish" }, cancellationToken);
        }
    }
}
