using BlueEdge.Channels;
using BlueEdge.Engines;

namespace Words;

/// <summary>Files each picture under the title that came last.</summary>
[Engine("caption")]
[Input("Picture", ChannelType.Image)]
[Input("Title", ChannelType.Json, Optional = true)]
[Output("Captioned", ChannelType.Json)]
public sealed class CaptionEngine : EngineGrain
{
    private string _title = "untitled";
    private int _pictures;

    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        switch (input.Port)
        {
            case "Title":
                _title = input.Json<string>("Title");
                break;
            case "Picture":
                var bytes = await input.ReadAsync(cancellationToken);
                await Output("Captioned").WriteAsync(new { title = _title, number = ++_pictures, bytes = bytes.Length, input.MediaType }, cancellationToken);
                break;
        }
    }
}
